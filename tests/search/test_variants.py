from search.variants import also_searched, variants


def test_a_traditional_query_is_also_searched_in_simplified() -> None:
    assert variants("矛盾糾紛") == ("矛盾纠纷",)


def test_a_simplified_query_is_also_searched_in_traditional() -> None:
    assert variants("枫桥经验") == ("楓橋經驗",)


def test_what_is_written_alike_has_no_variant() -> None:
    assert variants("四先四早 1963") == ()


def test_what_the_search_does_not_find_is_not_said_to_be_searched() -> None:
    """OpenCC writes 坐标 with another character, which the fold keeps apart."""
    assert variants("坐标") == ("座標",)
    assert also_searched("坐标") == ()
    assert also_searched("枫桥经验") == ("楓橋經驗",)
