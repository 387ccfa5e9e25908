"""What the demo shop is about, as plain data: one table an entry, in the words of a data modeller.

A column line reads `name type [flags] [= default] [-> table.column [on delete]] [-- definition]`; the flags are `pk`,
`null` and `unique`.
"""

from __future__ import annotations

TABLES: dict[str, tuple[str, str]] = {
    "customers": (
        "A person who buys from the shop.",
        """
        customer_id  bigint  pk
        email        text    unique                    -- Where order mail goes; also the sign-in name.
        full_name    text
        phone        text    null
        created_at   timestamptz  = now()
        """,
    ),
    "addresses": (
        "A place where a customer receives goods or invoices.",
        """
        address_id   bigint  pk
        customer_id  bigint  -> customers.customer_id cascade
        purpose      address_purpose
        line_1       text
        line_2       text    null
        city         text
        postal_code  text    null
        country      char(2)                           -- ISO 3166-1 alpha-2.
        is_default   boolean = false
        """,
    ),
    "categories": (
        "A shelf of the catalogue; shelves form a tree.",
        """
        category_id  bigint  pk
        parent_id    bigint  null -> categories.category_id restrict   -- The shelf above; none for a root.
        name         text
        slug         text    unique
        sort_order   integer = 0
        """,
    ),
    "products": (
        "Something the shop offers, in one or more variants.",
        """
        product_id   bigint  pk
        name         text
        slug         text    unique
        description  text    null
        is_active    boolean = true
        created_at   timestamptz  = now()
        """,
    ),
    "product_categories": (
        "Which shelves a product stands on.",
        """
        product_id   bigint  pk -> products.product_id cascade
        category_id  bigint  pk -> categories.category_id cascade
        position     integer = 0
        """,
    ),
    "product_variants": (
        "One sellable form of a product: a size, a colour.",
        """
        variant_id   bigint  pk
        product_id   bigint  -> products.product_id cascade
        sku          varchar(40)  unique               -- Stock keeping unit, as printed on the label.
        title        text
        price        numeric(12,2)
        weight_g     integer  null
        """,
    ),
    "orders": (
        "What a customer asked for at one moment.",
        """
        order_id     bigint  pk
        order_number varchar(20)  unique
        customer_id  bigint  -> customers.customer_id restrict
        ship_to_id   bigint  null -> addresses.address_id set null
        bill_to_id   bigint  null -> addresses.address_id set null
        status       order_status = 'pending'
        currency     char(3)  = 'EUR'                  -- ISO 4217.
        placed_at    timestamptz  = now()
        note         text  null
        """,
    ),
    "order_items": (
        "A line of an order. The price is the one agreed on, not today's.",
        """
        order_id     bigint  pk -> orders.order_id cascade
        line_no      smallint  pk
        variant_id   bigint  -> product_variants.variant_id restrict
        sku          varchar(40)                       -- What the packer reads.
        quantity     integer
        unit_price   numeric(12,2)
        promised_on  date    null                      -- The day that the customer was told.
        """,
    ),
    "payments": (
        "Money that came, or went back, for an order.",
        """
        payment_id   bigint  pk
        order_id     bigint  -> orders.order_id restrict
        method       payment_method
        amount       numeric(12,2)
        reference    text  null unique                 -- The provider's own number.
        paid_at      timestamptz  null
        """,
    ),
    "reviews": (
        "What a customer thinks of a product.",
        """
        product_id   bigint  pk -> products.product_id cascade
        customer_id  bigint  pk -> customers.customer_id cascade
        rating       smallint
        title        text  null
        body         text  null
        written_at   timestamptz  = now()
        """,
    ),
    "warehouses": (
        "A building that holds stock.",
        """
        warehouse_id bigint  pk
        code         varchar(10)  unique
        city         text
        """,
    ),
    "inventory": (
        "How many of a variant lie in a warehouse.",
        """
        warehouse_id bigint  pk -> warehouses.warehouse_id restrict
        variant_id   bigint  pk -> product_variants.variant_id cascade
        on_hand      integer = 0
        reserved     integer = 0
        """,
    ),
}

ENUMS: dict[str, tuple[str, ...]] = {
    "address_purpose": ("shipping", "billing", "both"),
    "order_status": ("pending", "confirmed", "shipped", "delivered", "cancelled", "refunded"),
    "payment_method": ("card", "transfer", "wallet", "cash_on_delivery"),
}

CHECKS: dict[str, tuple[tuple[str, str], ...]] = {
    "product_variants": (("chk_product_variants_price", "price >= 0"),),
    "order_items": (("chk_order_items_quantity", "quantity > 0"), ("chk_order_items_price", "unit_price >= 0")),
    "payments": (("chk_payments_amount", "amount <> 0"),),
    "reviews": (("chk_reviews_rating", "rating BETWEEN 1 AND 5"),),
    "inventory": (("chk_inventory_reserved", "reserved BETWEEN 0 AND on_hand"),),
}

INDEXES: dict[str, tuple[tuple[str, tuple[str, ...], str], ...]] = {
    "addresses": (("idx_addresses_customer_id", ("customer_id",), ""),),
    "categories": (("idx_categories_parent_id", ("parent_id", "sort_order"), ""),),
    "product_categories": (("idx_product_categories_category_id", ("category_id",), ""),),
    "product_variants": (("idx_product_variants_product_id", ("product_id",), ""),),
    "products": (("idx_products_active", ("name",), "is_active"),),
    "orders": (
        ("idx_orders_customer_id", ("customer_id", "placed_at"), ""),
        ("idx_orders_ship_to_id", ("ship_to_id",), ""),
        ("idx_orders_bill_to_id", ("bill_to_id",), ""),
        ("idx_orders_open", ("placed_at",), "status IN ('pending', 'confirmed')"),
    ),
    "order_items": (("idx_order_items_variant_id", ("variant_id",), ""),),
    "payments": (("idx_payments_order_id", ("order_id",), ""),),
    "reviews": (("idx_reviews_customer_id", ("customer_id",), ""),),
    "inventory": (("idx_inventory_variant_id", ("variant_id",), ""),),
}

PERSONAL: dict[str, dict[str, str]] = {
    "customers": {"email": "email", "full_name": "name", "phone": "phone"},
    "addresses": {"line_1": "address", "line_2": "address", "city": "address", "postal_code": "address"},
    "orders": {"note": "free text"},
    "reviews": {"body": "free text"},
}
"""Column -> kind of personal data; such columns are classified confidential."""

# entity -> (nature, definition, table it is derived to)
ENTITIES: dict[str, tuple[str, str, str]] = {
    "Customer": ("strong", "A person who buys from the shop.", "customers"),
    "Address": ("strong", "A place where a customer receives goods or invoices.", "addresses"),
    "Category": ("strong", "A shelf of the catalogue.", "categories"),
    "Product": ("strong", "Something the shop offers.", "products"),
    "Variant": ("strong", "One sellable form of a product.", "product_variants"),
    "Order": ("strong", "What a customer asked for at one moment.", "orders"),
    "Order item": ("weak", "A line of an order.", "order_items"),
    "Payment": ("strong", "Money that came, or went back, for an order.", "payments"),
    "Review": ("associative", "What a customer thinks of a product.", "reviews"),
    "Warehouse": ("strong", "A building that holds stock.", "warehouses"),
    "Stock": ("associative", "How many of a variant lie in a warehouse.", "inventory"),
}

# verb, (entity, role, min, max), (entity, role, min, max), identifying; max None is many
RELATIONSHIPS: tuple[tuple[str, tuple[str, str, int, int | None], tuple[str, str, int, int | None], bool], ...] = (
    ("has", ("Customer", "", 1, 1), ("Address", "", 0, None), False),
    ("contains", ("Category", "parent", 0, 1), ("Category", "child", 0, None), False),
    ("groups", ("Category", "", 0, None), ("Product", "", 0, None), False),
    ("comes as", ("Product", "", 1, 1), ("Variant", "", 1, None), False),
    ("places", ("Customer", "", 1, 1), ("Order", "", 0, None), False),
    ("ships to", ("Address", "", 0, 1), ("Order", "", 0, None), False),
    ("bills to", ("Address", "", 0, 1), ("Order", "", 0, None), False),
    ("consists of", ("Order", "", 1, 1), ("Order item", "", 1, None), True),
    ("is sold as", ("Variant", "", 1, 1), ("Order item", "", 0, None), False),
    ("is paid by", ("Order", "", 1, 1), ("Payment", "", 0, None), False),
    ("writes", ("Customer", "", 1, 1), ("Review", "", 0, None), True),
    ("is judged in", ("Product", "", 1, 1), ("Review", "", 0, None), True),
    ("is stored as", ("Variant", "", 1, 1), ("Stock", "", 0, None), True),
    ("holds", ("Warehouse", "", 1, 1), ("Stock", "", 0, None), True),
)

TERMS: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("SKU", "Stock keeping unit: the shop's own code of a variant.", ("article number",), ("Variant",)),
    ("Order", "A binding request for goods; a basket is not one yet.", ("purchase",), ("Order",)),
    (
        "Customer",
        "A person with an account; a guest becomes one with the first order.",
        ("buyer", "client"),
        ("Customer",),
    ),
)

PATTERNS: tuple[tuple[str, str, str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("Order history", "customer", "read", "20 a second", ("Order", "Order item"), ("Customer",)),
    ("Shelf page", "visitor", "read", "300 a second", ("Product", "Variant"), ("Category",)),
    ("Pick list", "warehouse clerk", "read", "every minute", ("Order item", "Stock"), ("Warehouse",)),
    ("Place order", "customer", "insert", "2 a second", ("Order", "Order item", "Payment"), ("Customer",)),
)

# Where things stand: element -> (x, y)
ORDERS_DIAGRAM: dict[str, tuple[int, int]] = {
    "customers": (0, 0),
    "addresses": (0, 240),
    "orders": (360, 72),
    "reviews": (360, 384),
    "payments": (720, 0),
    "order_items": (720, 240),
    "product_variants": (720, 480),
}
CATALOGUE_DIAGRAM: dict[str, tuple[int, int]] = {
    "categories": (0, 0),
    "product_categories": (0, 240),
    "products": (340, 0),
    "reviews": (340, 264),
    "warehouses": (340, 528),
    "product_variants": (720, 0),
    "order_items": (720, 264),
    "inventory": (720, 504),
}
CONCEPTS: dict[str, tuple[int, int]] = {
    "Customer": (0, 180),
    "Address": (260, 320),
    "Review": (260, 40),
    "Order": (520, 220),
    "Product": (520, 40),
    "Category": (780, -60),
    "Order item": (780, 220),
    "Payment": (780, 340),
    "Variant": (1040, 100),
    "Stock": (1300, 220),
    "Warehouse": (1040, 340),
}
