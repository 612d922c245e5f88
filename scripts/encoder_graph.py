"""The sentence encoder as an ONNX graph: BERT in int8, mean pooling and unit length inside.

Inputs ``input_ids`` and ``attention_mask`` (int64, ``[sentences, tokens]``, at most 512 tokens), output
``sentence_embedding`` (float32, ``[sentences, 384]``, length 1). Attention, matrix products and layer norms are
the fused operators of onnxruntime.

Quantisation is our own, and the same on every processor. A weight column gets one scale and the values -64 to 64:
processors without VNNI add two products of a weight and an activation byte in 16 bits, and 2 x 64 x 255 still fits
there, where 2 x 127 x 255 would be cut off. Scaling and rounding are single float32 operations, so the file comes out
byte for byte the same everywhere. Activations are quantised at run time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HIDDEN = 384
HEADS = 12
LAYERS = 6
NORM_EPSILON = 1e-12
MATRIX_LIMIT = 64
TABLE_LIMIT = 127  # the word table is only looked up, never multiplied in 16 bits
FUSED = "com.microsoft"
OPSET = 17
IR_VERSION = 8

Tensors = Mapping[str, np.ndarray]


def quantise(matrix: np.ndarray, axis: int, limit: int) -> tuple[np.ndarray, np.ndarray]:
    """Return int8 values and the float32 scales along ``axis`` whose product is nearest to ``matrix``."""
    largest = np.abs(matrix).max(axis=axis, keepdims=True)
    scales = np.where(largest == 0, np.float32(1), largest / np.float32(limit)).astype(np.float32)
    return np.rint(matrix / scales).astype(np.int8), scales


@dataclass
class GraphWriter:
    """Collects nodes and constants; every method returns the name of what it added."""

    tensors: Tensors
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[TensorProto] = field(default_factory=list)

    def constant(self, name: str, values: np.ndarray) -> str:
        """Add a constant."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def weight(self, name: str) -> str:
        """Add one tensor of the model as it is."""
        return self.constant(name, self.tensors[name])

    def add(self, operator: str, inputs: list[str], output: str, **attributes: object) -> str:
        """Add an ONNX operator with one output."""
        self.nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        return output

    def add_fused(self, operator: str, inputs: list[str], output: str, **attributes: object) -> str:
        """Add an operator of onnxruntime's own set."""
        return self.add(operator, inputs, output, domain=FUSED, **attributes)

    def dense(self, source: str, layer: str) -> str:
        """Add ``source @ weights + bias`` with int8 weights and bytes made of ``source`` at run time."""
        values, scales = quantise(self.tensors[f"{layer}.weight"].T, axis=0, limit=MATRIX_LIMIT)
        return self.add_fused(
            "DynamicQuantizeMatMul",
            [
                source,
                self.constant(f"{layer}.int8", values),
                self.constant(f"{layer}.scale", scales[0]),
                "",
                self.weight(f"{layer}.bias"),
            ],
            f"{layer}.out",
        )

    def add_and_norm(self, source: str, skip: str, layer: str) -> str:
        """Add the layer norm of ``source + skip``."""
        return self.add_fused(
            "SkipLayerNormalization",
            [source, skip, self.weight(f"{layer}.weight"), self.weight(f"{layer}.bias")],
            f"{layer}.out",
            epsilon=NORM_EPSILON,
        )


def _embed(graph: GraphWriter) -> str:
    rows, scales = quantise(graph.tensors["embeddings.word_embeddings.weight"], axis=1, limit=TABLE_LIMIT)
    row = graph.add("Gather", [graph.constant("words.int8", rows), "input_ids"], "words.row")
    scale = graph.add("Gather", [graph.constant("words.scale", scales), "input_ids"], "words.row_scale")
    words = graph.add("Mul", [graph.add("Cast", [row], "words.float", to=TensorProto.FLOAT), scale], "words.out")
    # A message is one segment, so the first token type belongs to every position.
    places = (
        graph.tensors["embeddings.position_embeddings.weight"]
        + graph.tensors["embeddings.token_type_embeddings.weight"][0]
    )
    length = graph.add("Shape", ["input_ids"], "length", start=1, end=2)
    start, axis = graph.constant("zero", np.array([0])), graph.constant("first_axis", np.array([0]))
    place = graph.add("Slice", [graph.constant("places", places), start, length, axis], "places.out")
    norm = "embeddings.LayerNorm"
    return graph.add(
        "LayerNormalization",
        [graph.add("Add", [words, place], "embedded"), graph.weight(f"{norm}.weight"), graph.weight(f"{norm}.bias")],
        f"{norm}.out",
        epsilon=NORM_EPSILON,
    )


def _attend(graph: GraphWriter, source: str, layer: str) -> str:
    parts = [f"{layer}.attention.self.{part}" for part in ("query", "key", "value")]
    weights = np.concatenate([graph.tensors[f"{part}.weight"] for part in parts]).T
    biases = np.concatenate([graph.tensors[f"{part}.bias"] for part in parts])
    values, scales = quantise(weights, axis=0, limit=MATRIX_LIMIT)
    bytes_, scale, zero = (f"{layer}.attention.{name}" for name in ("bytes", "bytes_scale", "bytes_zero"))
    graph.nodes.append(helper.make_node("DynamicQuantizeLinear", [source], [bytes_, scale, zero]))
    return graph.add_fused(
        "QAttention",
        [
            bytes_,
            graph.constant(f"{layer}.attention.int8", values),
            graph.constant(f"{layer}.attention.bias", biases),
            scale,
            graph.constant(f"{layer}.attention.scale", scales[0]),
            "mask",
            zero,
            graph.constant(f"{layer}.attention.zero", np.zeros(scales.shape[1], np.int8)),
        ],
        f"{layer}.attention.out",
        num_heads=HEADS,
    )


def _encode(graph: GraphWriter, source: str, layer: str) -> str:
    attended = graph.dense(_attend(graph, source, layer), f"{layer}.attention.output.dense")
    middle = graph.add_and_norm(attended, source, f"{layer}.attention.output.LayerNorm")
    wide = graph.dense(middle, f"{layer}.intermediate.dense")
    active = graph.add_fused("Gelu", [wide], f"{layer}.gelu")
    return graph.add_and_norm(graph.dense(active, f"{layer}.output.dense"), middle, f"{layer}.output.LayerNorm")


def _pool(graph: GraphWriter, hidden: str) -> str:
    weights = graph.add("Cast", ["attention_mask"], "pool.mask", to=TensorProto.FLOAT)
    column = graph.add("Unsqueeze", [weights, graph.constant("last_axis", np.array([-1]))], "pool.weights")
    kept = graph.add("Mul", [hidden, column], "pool.kept")
    total = graph.add("ReduceSum", [kept, graph.constant("token_axis", np.array([1]))], "pool.sum", keepdims=0)
    # The mean differs from the sum by a factor, and so not at all once the length is 1.
    return graph.add("LpNormalization", [total], "sentence_embedding", axis=1, p=2)


def build_graph(tensors: Tensors) -> onnx.ModelProto:
    """Return the checked int8 model of a BERT with the tensors of all-MiniLM-L6-v2."""
    graph = GraphWriter(tensors)
    graph.add("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)
    hidden = _embed(graph)
    for number in range(LAYERS):
        hidden = _encode(graph, hidden, f"encoder.layer.{number}")
    _pool(graph, hidden)
    tokens = ["sentences", "tokens"]
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "sentence_encoder",
            [
                helper.make_tensor_value_info(name, TensorProto.INT64, tokens)
                for name in ("input_ids", "attention_mask")
            ],
            [helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ["sentences", HIDDEN])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)],
        ir_version=IR_VERSION,
        producer_name="hepb",
    )
    onnx.checker.check_model(model)
    return model
