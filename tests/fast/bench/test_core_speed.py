import json

from assistant.bench.core_speed import generate_records
from hepb.assess import assess
from hepb.record import parse_record


def test_generate_records_gives_valid_records_of_all_kinds():
    results = [assess(parse_record(record)) for record in generate_records(60)]
    assert len({result.phase for result in results}) >= 4
    assert len({result.consensus.so_far for result in results}) >= 2


def test_generate_records_gives_the_same_ones_each_time():
    assert json.dumps(generate_records(20)) == json.dumps(generate_records(20))
