"""The page goes on where one was, by film; where a browser keeps nothing, it says nothing and starts anew."""



def watch(page, second):
    """Plays a little from a second on, and pauses."""
    page.seek(second)
    page.js("void video.play()")
    page.until(f"video.currentTime > {second + 0.2}", "it plays")
    page.js("void video.pause()")
    page.until("video.paused", "it stands")


def test_each_film_goes_on_where_one_was(page):
    watch(page, 5.0)
    page.come()
    assert abs(page.second - 5.3) < 0.4
    assert page.js("text('#start-text')") == "Continue at 0:05" and not page.js("id('from-start').hidden")
    seen = page.js("parseFloat(document.querySelector('.card').style.getPropertyValue('--seen'))")
    assert abs(seen - 530 / page.js("video.duration")) < 5, "its card shows how far that is"
    page.click(".card[href='#my-own']")
    page.until("video.currentSrc.endsWith('my-own.mp4') && video.readyState >= 1", "the other film is there")
    assert page.second == 0 and page.js("text('#start-text')") == "Play"
    page.click(".card[href='#one-neuron']")
    page.until("video.currentSrc.endsWith('one-neuron.mp4') && video.currentTime > 5", "back, it goes on")
    page.click("#from-start")
    page.until("!video.paused && video.currentTime < 1", "or from its start")
    assert page.js("id('start').hidden && id('from-start').hidden") and page.complaints() == []


def test_the_film_watched_last_opens_first(served):
    served.come("#my-own")
    watch(served, 5.0)
    served.come()
    assert served.js("video.currentSrc").endswith("my-own.mp4") and served.second > 5
    served.come("#one-neuron")
    assert served.js("video.currentSrc").endswith("one-neuron.mp4"), "an address goes before"


def test_an_address_with_a_second_goes_before(served):
    watch(served, 5.0)
    served.come("#one-neuron&t=2")
    assert abs(served.second - 2) < 0.01
    assert served.js("id('start').hidden && id('from-start').hidden"), "and nothing is over the picture it leads to"


def test_a_film_seen_to_its_end_starts_anew(served, film):
    watch(served, film.duration - 1.0)
    served.come()
    assert served.second == 0 and served.js("text('#start-text')") == "Play"
    assert served.js("document.title") == f"{film.title} · Kinks & films"


def test_a_browser_that_keeps_nothing(served):
    """localStorage throws, as for private windows and files in some browsers."""
    forbid = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } })"
    script = served.command("Page.addScriptToEvaluateOnNewDocument", source=forbid)["identifier"]
    try:
        served.come()
        watch(served, 5.0)
        served.click("#theme")
        served.come()
        assert served.second == 0 and served.js("text('#theme')") == "Colours: automatic"
        assert served.complaints() == []
    finally:
        served.command("Page.removeScriptToEvaluateOnNewDocument", identifier=script)
