"""The type that matrices are multiplied in."""

from __future__ import annotations

import torch

from genstudio.errors import ConfigError

__all__ = ["cpu_has_bfloat16", "precision_of"]


def precision_of(device: torch.device, wanted: str = "auto", core: str = "") -> str:
    """``bf16`` where that is wanted, or "auto" and the processor is made for it, else ``no``.

    Args:
        core: name of the core that is trained, of which it depends what a processor is made for.

    Raises:
        ConfigError: bfloat16 is wanted and the processor has no instructions for it.
    """
    if wanted == "bfloat16" and device.type == "cpu" and not cpu_has_bfloat16():
        raise ConfigError(
            "this processor does not compute in bfloat16 (that needs AVX-512 or AMX); leave precision at auto, or take float32."
        )
    if wanted != "auto":
        return {"bfloat16": "bf16", "float32": "no"}[wanted]
    if device.type == "cuda":
        return "bf16" if torch.cuda.is_bf16_supported() else "no"
    # A CPU's matrix unit (AMX) makes bfloat16 pay. With AVX-512's instructions for it alone a transformer is half again as fast as
    # in float32, and an LSTM takes three times as long. Without either it is emulated.
    units = ["_is_amx_tile_supported", *(["_is_avx512_bf16_supported"] if core == "transformer" else [])]
    return "bf16" if device.type == "cpu" and any(getattr(torch.cpu, unit, lambda: False)() for unit in units) else "no"


def cpu_has_bfloat16() -> bool:
    """Whether oneDNN has its kernels here; without them a recurrent layer in bfloat16 fails."""
    try:
        return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
    except (AttributeError, RuntimeError):  # a build without oneDNN has kernels of its own
        return True
