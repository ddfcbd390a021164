"""What a decoder has heard: the fast way agrees with step after step."""

import numpy as np
import pytest
import torch

from motet.models.vae_steps import next_state, states_of
from motet.phrases.step_codec import VOICES


@pytest.mark.parametrize("content", ["melody", "trio"])
def test_states_at_once_are_those_of_one_step_after_another(content):
    voices = VOICES[content]
    rng = np.random.default_rng(5)
    n_steps = torch.tensor([16, 12, 8])
    tokens = torch.from_numpy(
        np.stack([rng.choice([0, 1, 1, 1, 4, 9], (3, 3, 16)) for _ in voices], axis=-1)
    )
    found = states_of(tokens, n_steps, voices)
    for b, n in enumerate(n_steps.tolist()):
        state = torch.tensor([[one.start for one in voices]])
        for s in range(3):
            for t in range(n):
                assert found[b, s, t].tolist() == state[0].tolist(), (b, s, t)
                state = next_state(state, tokens[b, s, t][None], voices)
