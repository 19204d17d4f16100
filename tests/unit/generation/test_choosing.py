"""Choosing among several decodings: the codes that they are decoded from, and the choice."""

from pathlib import Path
from typing import Any

import pytest
import torch

import genstudio
from genstudio.decoding import costs
from genstudio.generation.choosing import Places, choices, choose
from genstudio.latent.decoding import Decoding

SONGS = Path(__file__).parents[3] / "resources" / "songs"
SONG, OTHER = SONGS / "ode-to-joy.mid", SONGS / "the-kesh.mid"


@pytest.fixture(scope="module")
def scribe(writer: Path) -> Any:
    return genstudio.load(writer)


@pytest.fixture(scope="module")
def walks(walker: Path) -> Any:
    return genstudio.load(walker)


def chosen(model: Any, code: torch.Tensor, greedy: str, drawn: list[str], **options: Any) -> tuple[str, torch.Tensor]:
    """The chosen pieces where all random decodings are ``drawn``, repeated, and the codes that were decoded."""
    asked: list[torch.Tensor] = []

    def decoded(codes: torch.Tensor) -> list[Any]:
        asked.append(codes)
        return [model.piece(drawn[row % len(drawn)])[0] for row in range(len(codes))]

    [found] = choose(model.trained, Places(code, [model.piece(greedy)[0]], [], decoded, **options))
    return found.text, asked[0]


def test_half_of_the_sentences_are_written_from_the_summary_alone_far_from_the_ends(scribe: Any) -> None:
    """Where fewer than half of the words are kept; nearer to an end all keep them."""
    text = "the cat sees the house."
    layout, code = scribe.network.layout, scribe.encode([scribe.piece(text)[0]])
    words = len(scribe.ids(scribe.piece(text)[0]))
    for kept in (1, (words + 1) // 2, words):
        few = layout.with_details(code[0, : layout.summary], code[0], torch.arange(len(layout.places)) < kept)[None]
        found, codes = chosen(scribe, few, text, [text, "a dog hears the cat."])
        assert found == text
        assert len(codes) == choices(scribe.domain)
        half = len(codes) // 2 if 2 * kept < words else 0
        alone = codes[:, layout.summary :].isnan().all(1)
        assert alone.tolist() == [at < half for at in range(len(codes))]
        assert torch.equal(codes[half:].nan_to_num(), few.nan_to_num().expand(len(codes) - half, -1))
        assert torch.equal(codes[:, : layout.summary], code[:, : layout.summary].expand(len(codes), -1))


def test_variations_of_a_text_are_likelier_than_the_greedy_ones(scribe: Any) -> None:
    text = "the cat sees the house."
    made = scribe.vary(text, n=6, amount=0.5, seed=2)
    codes = torch.from_numpy(made.job.codes)
    greedy = scribe.decode(codes, Decoding(known=[text]))

    def cost(pieces: Any) -> torch.Tensor:
        return costs(scribe.network, [scribe.ids(piece) for piece in pieces], codes)

    assert len({piece.text for piece in made} | {text}) == len(made) + 1
    texts = [piece.text for piece in made]
    free = [at for at, piece in enumerate(greedy) if piece.text not in texts[:at]]  # else another one has taken it
    assert (cost(made) <= cost(greedy) + 1e-4)[free].all()
    assert [piece.text for piece in made] != [piece.text for piece in greedy]
    assert [piece.text for piece in scribe.vary(text, n=6, amount=0.5, seed=2)] == [piece.text for piece in made]
    assert made.job.decoding["exact"]


def test_held_parts_keep_their_details(scribe: Any) -> None:
    text = "the cat sees the house."
    code = scribe.encode([scribe.piece(text)[0]])
    _, codes = chosen(scribe, code, text, [text], held=True)
    assert torch.equal(codes.nan_to_num(), code.nan_to_num().expand(len(codes), -1))


def test_a_piece_of_the_path_is_not_chosen_again(scribe: Any) -> None:
    text, other = "the cat sees the house.", "a dog hears a bird."
    code = scribe.encode([scribe.piece(text)[0]])
    assert chosen(scribe, code, text, [text, other], taken=[scribe.piece(text)[0]])[0] == other
    assert chosen(scribe, code, text, [text], taken=[scribe.piece(text)[0]])[0] == text, "where nothing else is found"


def test_melodies_are_decoded_from_summaries_around_the_point(walks: Any) -> None:
    """They are in a few directions at one distance, with the same details, and the seed determines the directions."""
    model, summary = walks, walks.network.layout.summary
    codes = torch.stack([model.encode([model.piece(SONG)[0]])[0], model.encode([model.piece(OTHER)[0]])[0]])
    pieces = [model.piece(song)[0] for song in (SONG, OTHER)]
    goals = [model.domain.measure_features(piece) for piece in pieces]
    asked: list[torch.Tensor] = []

    def decoded(more: torch.Tensor) -> list[Any]:
        asked.append(more)
        return pieces * (len(more) // 2)

    for seed in (0, 0, 1):
        choose(model.trained, Places(codes, pieces, goals, decoded), seed)
    first, same, other = asked
    assert torch.equal(first, same)
    assert not torch.equal(first, other)
    assert torch.equal(first[:, summary:], codes[:, summary:].repeat(choices(model.domain), 1))
    for row in range(2):
        turned = first[row::2, :summary]
        assert len(turned) == choices(model.domain)
        assert len(turned.unique(dim=0)) == 8
        angles = torch.nn.functional.cosine_similarity(turned.double(), codes[row, :summary].double(), dim=1).acos()
        torch.testing.assert_close(angles, torch.full_like(angles, 0.3), atol=0.01, rtol=0)
