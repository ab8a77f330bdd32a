import sample_plan

from landbridge.report.legend import Legend


def test_ids_in_a_text_are_read_as_names(dataset):
    legend = Legend(dataset)
    assert legend.reworded("RUNVS: storage, day 6 on") == "Novorossiysk: storage, day 6 on"
    assert legend.reworded("no price from RUNVS to AEJEA.") == "no price from Novorossiysk to Jebel Ali."
    assert legend.reworded("IRMJV-PKTFT: fees; XRUNVS") == "Mirjaveh - Taftan: fees; XRUNVS"


def test_without_a_feed_an_id_stands_for_itself():
    legend = Legend()
    assert legend.name("RUNVS") == legend.name_and_id("RUNVS") == legend.reworded("RUNVS") == "RUNVS"
    assert legend.local("PKLHE", sample_plan.READY) == sample_plan.READY


def test_goods_are_named_by_their_longest_prefix(dataset):
    legend = Legend(dataset)
    assert legend.find_goods("870110") == "Tractors"
    assert legend.find_goods("8704") == "Vehicles"
    assert legend.find_goods("0402") is None


def test_a_zone_that_nobody_knows_is_utc(dataset):
    from dataclasses import replace

    odd = replace(dataset, places=(replace(dataset.places[0], zone="Mars/Olympus"),))
    assert Legend(odd).local("BYMSQ", sample_plan.READY).utcoffset() == sample_plan.READY.utcoffset()


def test_what_is_shared_is_told_by_name():
    from landbridge.planner import tasks

    feed = tasks.keep_feed("belarus-pakistan")
    legend = Legend(feed)
    offer, reuse, tier = feed.block_offers[0], feed.reuses[0], feed.volume_tiers[0]
    assert legend.reworded(f"same day: {offer.offer_id}@2027-01-20") == f"same day: {offer.name}, 2027-01-20"
    assert legend.reworded(f"used again ({reuse.reuse_id}:40HC)") == f"used again ({reuse.name}, 40HC)"
    assert legend.reworded(f"volume together: {tier.tier_id}") == f"volume together: {tier.name}"
    assert legend.reworded("Mirjaveh: 12 h") == "Mirjaveh: 12 h"
