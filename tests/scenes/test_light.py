"""A film in the light theme has the light theme's colours, and no other."""

from dataclasses import fields

from reluviz.theme import LIGHT
from tests.scenes.conftest import built, film_classes

ONE_NEURON = next(film for film in film_classes() if film.__name__ == "OneNeuron")


def colours_of_light():
    values = [getattr(LIGHT, field.name) for field in fields(LIGHT)]
    texts = [text for value in values for text in (value if isinstance(value, tuple) else (value,))]
    return {text.lower() for text in texts if isinstance(text, str) and text.startswith("#")}


def test_a_light_film_is_light():
    used = set()

    def look(scene, beat):
        assert str(scene.camera.background_color).lower() == LIGHT.background.lower()
        for mobject in scene.mobjects:
            for part in mobject.family_members_with_points():
                if part.get_fill_opacity() > 0:
                    used.add(part.get_fill_color().to_hex().lower())
                if part.get_stroke_opacity() > 0 and part.get_stroke_width() > 0:
                    used.add(part.get_stroke_color().to_hex().lower())

    with built(ONE_NEURON, theme=LIGHT, on_beat_end=look) as scene:
        assert scene.contents()["theme"] == "light"
    assert LIGHT.ink.lower() in used and len(used) >= 4
    assert used <= colours_of_light(), f"not of the light theme: {used - colours_of_light()}"
