"""Orders in a table, and their lines in a table beside: what `--lines` brings together."""

from __future__ import annotations

from pathlib import Path

ORDERS = Path(__file__).parents[1] / "cases" / "lists" / "orders.yaml"
REQUESTS = "order_id,order.on,order.consumer\n17,2025-03-03,true\n18,2025-03-04,false\n"
LINES = (
    "order_id,kind,price,quantity,sealed,returned\n"
    "18,book,5.00,1,null,false\n"
    "17,book,10.00,2,null,true\n"
    "17,gift_card,,,,true\n"
)
