import pytest


@pytest.mark.browser
def test_chromium_runs_a_page_with_script(chromium):
    chromium.get("data:text/html,<title>before</title><script>document.title = 'after'</script>")
    assert chromium.title == "after"
