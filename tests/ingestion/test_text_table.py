"""Tables understood: which rows are headings, how stacked headings are joined, what a row is about."""

from ingestion.text_table import Cell, RowKind, TextTable, is_value, understand


def table(*rows: str, bold: int = 0) -> list[Cell]:
    """Cells of rows written "a | b | c". A cell ``=3 words`` covers three columns, ``^2 words`` two rows."""
    cells: list[Cell] = []
    for r, row in enumerate(rows):
        column = 0
        for words in row.split("|"):
            words = words.strip()
            across = down = 1
            if words[:1] in ("=", "^"):
                number, words = words[1:].split(" ", 1)
                across, down = (int(number), 1) if words and row.strip().find(f"={number}") >= 0 else (1, int(number))
            if words != "…":
                cells.append(Cell(words, r, column, across, down, r < bold))
            column += across
    return cells


def kinds(grid: TextTable) -> list[str]:
    return [row.kind.value for row in grid.rows]


def test_a_first_row_of_words_above_figures_is_the_heading() -> None:
    grid = understand(table("Area | Jobs | Homes", "North | 12 | 30", "South | 14 | 40"))
    assert kinds(grid) == ["header", "body", "body"]
    assert grid.columns == ("Area", "Jobs", "Homes")
    assert [row.label for row in grid.rows[1:]] == ["North", "South"]


def test_stacked_headings_are_joined() -> None:
    grid = understand(table("Area | =2 Jobs | =2 Homes", " | 2021 | 2031 | 2021 | 2031", "North | 1 | 2 | 3 | 4"))
    assert grid.columns == ("Area", "Jobs 2021", "Jobs 2031", "Homes 2021", "Homes 2031")


def test_years_head_columns() -> None:
    grid = understand(table("Measure | 2021 | 2025", "Median pay | £31,000 | £36,473"))
    assert kinds(grid) == ["header", "body"]


def test_a_row_across_the_table_heads_the_rows_below_it() -> None:
    grid = understand(
        table("Site | Units | Rent", "=3 Ripley", "Hill End | 12 | 5", "=3 Heanor", "Mill | 3 | 4", bold=1)
    )
    assert kinds(grid) == ["header", "group", "body", "group", "body"]
    assert [row.group for row in grid.rows if row.kind is RowKind.BODY] == ["Ripley", "Heanor"]


def test_a_row_across_the_top_is_the_title() -> None:
    grid = understand(table("=2 Table 2: Homes", "Area | Homes", "North | 12"))
    assert grid.title == "Table 2: Homes"
    assert grid.columns == ("Area", "Homes")


def test_a_label_that_covers_several_rows_is_told_apart_by_the_next_column() -> None:
    grid = understand(
        table("Class | Kind | Jobs", "Office | Public | 12", "Office | Private | 13", "Lab |  | 50", bold=1)
    )
    assert [row.label for row in grid.rows[1:]] == ["Office – Public", "Office – Private", "Lab"]


def test_a_table_goes_on_overleaf_without_its_headings() -> None:
    first = understand(table("Site | About | Units", "Hill End | A large estate with | 12", bold=1))
    second = understand(table(" | room to grow. | ", "Mill Lane | A small estate. | 3"), first)
    assert second.columns == first.columns
    assert kinds(second) == ["continued", "body"]
    assert [row.label for row in second.rows] == ["Hill End", "Mill Lane"]


def test_headings_that_are_repeated_overleaf_are_no_rows() -> None:
    first = understand(table("Site | Units", "Hill End | 12"))
    second = understand(table("Site | Units", "Mill Lane | 3"), first)
    assert kinds(second) == ["header", "body"]


def test_numbers_of_rows_are_no_labels() -> None:
    grid = understand(table("No. | Action | Cost", "1.1 | Teach skills | £5,000", "1.2 | Build homes | £9,000"))
    assert [row.label for row in grid.rows[1:]] == ["Teach skills", "Build homes"]


def test_a_row_s_number_and_size_are_no_part_of_its_label() -> None:
    grid = understand(table("Site | Units", "Site 2: Hill End (174.24) | 899", "Site 3: Mill Lane (3.1 ha) | 12"))
    assert [row.label for row in grid.rows[1:]] == ["Hill End", "Mill Lane"]


def test_a_form_has_no_headings() -> None:
    grid = understand(table("Name | Ann Example", "Address | 12 High Street"))
    assert kinds(grid) == ["body", "body"]


def test_figures_and_marks_of_none_are_values_and_years_are_not() -> None:
    assert all(is_value(v) for v in ("1,234", "£3.5m", "12%", "(98.8)", "899 (98.8)", "12–15%", "-", "n/a", "22.68 ha"))
    assert not any(is_value(v) for v in ("2021", "2021/22", "Jobs", "B1a Office", "Site 2"))


def _cells(*rows: tuple[str, ...], heads: tuple[int, ...] = (0,)) -> list[Cell]:
    return [Cell(w, r, c, heading=r in heads) for r, row in enumerate(rows) for c, w in enumerate(row)]


def test_a_row_is_labelled_by_the_name_behind_its_codes() -> None:
    rows = (("Code", "Council", "Homes"), ("E070001", "Ardmouth", "12"), ("E070002", "Tolverne", "15"))
    grid = understand(_cells(*rows, ("E070003", "Wexcombe", "9")))
    assert [r.label for r in grid.rows[1:]] == ["Ardmouth", "Tolverne", "Wexcombe"]


def test_a_bold_total_below_the_headings_is_a_row() -> None:
    grid = understand(_cells(("Cause", "2022", "2023"), ("All causes", "11", "16"), ("Falls", "6", "9"), heads=(0, 1)))
    assert (grid.columns, grid.rows[1].label) == (("Cause", "2022", "2023"), "All causes")


def test_a_remark_across_a_table_is_not_the_heading_of_a_group() -> None:
    cells = _cells(("Town", "2022", "2023"), ("Ardmouth", "11", "16"), ("Tolverne", "6", "9"))
    grid = understand([*cells, Cell("Source: the harbour board, yearly return", 3, 0, across=3)])
    assert grid.rows[3].group is None and grid.rows[3].kind is RowKind.BODY
