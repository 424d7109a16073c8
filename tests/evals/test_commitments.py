"""The register finds what a reader finds by hand, and nothing beside it, in two layouts."""

import pytest

from evals.commitments import file_of, hold, lists


@pytest.mark.parametrize("name", list(lists()))
def test_every_commitment_of_the_list_is_found_and_no_other(name: str) -> None:
    file = file_of(name)
    if file is None:
        pytest.skip("../shared is not here")
    held = hold(name, file)
    assert (held.missed, held.beside) == ((), ())
