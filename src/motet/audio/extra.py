"""The packages of the extra ``[audio]``: loaded when first used, and named when missing.

Offers `need`.
"""

from __future__ import annotations

import importlib
from types import ModuleType

from motet.errors import ParameterError

__all__ = ["need"]


def need(name: str) -> ModuleType:
    """Return a module of a package that only the extra ``[audio]`` installs.

    Parameters
    ----------
    name : str
        Name of the module: ``"librosa"``, ``"soxr"``, ``"swift_f0"``, ``"sounddevice"``.

    Returns
    -------
    module

    Raises
    ------
    ParameterError
        The package is missing, or what it needs of the system is (PortAudio for a microphone).

    Examples
    --------
    >>> need("math").floor(1.5)
    1
    >>> need("no_such_package")
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: no_such_package is not installed; pip install 'motet[audio]'
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise ParameterError(
            f"{name} is not installed; pip install 'motet[audio]'",
            zh=f"未安装 {name};请运行 pip install 'motet[audio]'",
        ) from error
    except OSError as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ParameterError(
            f"{name} cannot start here: {reason}; install that library of the system, or give a file",
            zh=f"{name} 在此系统上无法启动:{reason};请安装所需的系统库,或改用文件",
        ) from error
