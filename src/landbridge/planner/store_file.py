"""Back up and restore the store."""

from __future__ import annotations

from landbridge.store.backup import back_up, restore

__all__ = ["back_up", "restore"]
