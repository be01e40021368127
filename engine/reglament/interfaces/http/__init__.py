"""From HTTP to the engine and back: the requests of other programs, decided and answered for.

Every route is a coroutine and no thread is started here, so that the same application runs
where there are no threads.
"""
