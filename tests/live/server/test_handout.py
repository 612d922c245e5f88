"""The hand-out of a conversation, from the running server: page and PDF hold what was understood and what it means."""

import http.client
import io
import json
from contextlib import closing

import pdfplumber
import pytest

from assistant import processes

TOLERANT = "I'm 24, male, HBsAg positive since birth, HBeAg positive, HBV DNA 3.2×10^8 IU/mL on 2025-02-03, ALT 22 U/L"
VALUES = ("320,000,000 IU/mL", "2025-02-03", "22 U/L", "24 years")


def get(stack, conversation, name="handout", method="GET", accept="text/html"):
    connection = http.client.HTTPConnection(processes.LOOPBACK, stack.port, timeout=60)
    with closing(connection):
        connection.request(method, f"/api/conversations/{conversation}/{name}", headers={"Accept": accept})
        answer = connection.getresponse()
        return answer, answer.read()


def page_of(stack, conversation):
    answer, content = get(stack, conversation.id)
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    return content.decode()


def test_handout_page_holds_the_values_and_the_phase(stack, conversation):
    conversation.say(TOLERANT)
    page = page_of(stack, conversation)
    assert [value for value in VALUES if value not in page] == []
    assert "phase called immune tolerance" in page
    assert 'class="pic-here"' in page
    assert TOLERANT not in page, "made from the record, never from what was typed"


def test_handout_pdf_holds_the_values_and_the_phase_on_one_page(stack, conversation):
    conversation.say(TOLERANT)
    answer, content = get(stack, conversation.id, "handout.pdf")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert 'filename="hepatitis-b-summary.pdf"' in answer.headers["Content-Disposition"]
    [page] = pdfplumber.open(io.BytesIO(content)).pages
    left = page.crop((0, 0, page.width / 2, page.height)).extract_text()
    assert [value for value in VALUES if value not in left] == []
    assert "immune tolerance" in left


def test_handout_for_a_program_is_the_sheet_as_plain_elements(stack, conversation):
    conversation.say("My ALT is 22 U/L")
    answer, content = get(stack, conversation.id, accept="application/json")
    assert answer.headers["Content-Type"] == "application/json"
    [name, attributes, *inside] = json.loads(content)["sheet"]
    assert (name, attributes["class"]) == ("article", "handout")
    assert inside[0] == ["h1", {}, "Hepatitis B: summary for you and your doctor"]
    assert "22 U/L" in str(inside)


def test_handout_follows_a_correction(stack, conversation):
    conversation.say("My ALT is 22 U/L")
    assert "22 U/L" in page_of(stack, conversation)
    conversation.say("no, 58")
    page = page_of(stack, conversation)
    assert "58 U/L" in page
    assert "22 U/L" not in page


def test_handout_of_a_relative_holds_the_relatives_results_and_says_so(stack, conversation):
    conversation.say("My ALT is 22 U/L")
    conversation.say("My mother is 60. Her HBsAg is positive, HBeAg negative, HBV DNA 5000 IU/mL, ALT 61 U/L")
    page = page_of(stack, conversation)
    assert "61 U/L" in page
    assert "22 U/L" not in page
    assert "belong to someone else" in page


def test_handout_before_anything_is_known(stack, conversation):
    assert "No result is known yet" in page_of(stack, conversation)
    conversation.say("What is hepatitis B?")
    assert "No result is known yet" in page_of(stack, conversation)


@pytest.mark.parametrize("name", ["handout", "handout.pdf"])
def test_handout_belongs_to_its_conversation_and_is_never_kept(stack, conversation, name):
    conversation.say("My ALT is 22 U/L")
    answer, _ = get(stack, conversation.id, name)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert get(stack, "unknown", name)[0].status == 404
    assert get(stack, conversation.id, name, "POST")[0].status == 405
    conversation.delete()
    assert get(stack, conversation.id, name)[0].status == 404


def test_handout_leaves_no_health_text_in_the_logs(stack, conversation):
    conversation.say("My HBV DNA is 68417 IU/mL")
    assert "68,417 IU/mL" in page_of(stack, conversation)
    get(stack, conversation.id, "handout.pdf")
    assert "68417" not in stack.said_in_logs()
    assert "68,417" not in stack.said_in_logs()
