"""Groove: the table names style and session; takes that are not there are left out."""

from pathlib import Path

from motet.corpus.sources.drums import list_groove

TABLE = """drummer,session,id,style,bpm,beat_type,time_signature,midi_filename,audio_filename,duration,split
d1,d1/s1,d1/s1/1,jazz/swing,120,beat,4-4,d1/s1/1.mid,,9,train
d1,d1/s1,d1/s1/2,jazz/swing,120,fill,4-4,d1/s1/2.mid,,1,train
d1,d1/s1,d1/s1/3,afrobeat,120,beat,4-4,d1/s1/3.mid,,9,test
d1,d1/s1,d1/s1/4,rock,120,beat,4-4,d1/s1/4.mid,,9,test
"""


def test_takes(tmp_path: Path) -> None:
    (tmp_path / "d1" / "s1").mkdir(parents=True)
    (tmp_path / "info.csv").write_text(TABLE)
    for k in (1, 2, 3):
        (tmp_path / "d1" / "s1" / f"{k}.mid").touch()
    items = list_groove("g", tmp_path)
    assert [item.style for item in items] == ["drum-jazz", "drum-jazz", "drum-funk"]
    assert items[0].work == items[1].work == "g/d1/s1/jazz/swing"
    assert all(item.is_performed and item.has_velocity for item in items)
