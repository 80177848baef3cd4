# FastAPI with SQLAlchemy: tells the probe, and nobody else, how many statements an answer took, and how long.
import contextvars, hmac, time
from sqlalchemy import event
from sqlalchemy.engine import Engine

statements = contextvars.ContextVar("statements", default=None)


@event.listens_for(Engine, "before_cursor_execute")
def begins(connection, *_):
    connection.info["since"] = time.perf_counter()


@event.listens_for(Engine, "after_cursor_execute")
def ends(connection, *_):
    if statements.get() is not None:
        statements.get().append(time.perf_counter() - connection.info["since"])


@app.middleware("http")
async def tell(request, call_next):
    if not hmac.compare_digest(request.headers.get("x-probe", "").encode(), PROBE_KEY.encode()):
        return await call_next(request)
    took = []
    statements.set(took)
    response = await call_next(request)
    response.headers["X-DB-Calls"] = str(len(took))
    response.headers.append("Server-Timing", f'db;desc="{len(took)}";dur={1000 * sum(took):.1f}')
    return response
