"""The local workspace in a browser, with a sample company in mid-cycle and the real bot.

`run` starts and ends it, `scene` is how it got there, `colleagues` go on by themselves when the
`clockwork` moves, `path` guides a visitor, `kept` is what a second start goes on with.
"""

from bot.demo.run import demo

__all__ = ["demo"]
