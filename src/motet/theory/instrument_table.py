"""The rows behind `instrument`: one line an instrument, and other names for them.

Conventions: columns are identifier, name, Chinese name, program, family, sounding range,
comfortable range, transposition in semitones, clef, notes at once, hand span in semitones.

Sources: see `instrument`.
"""

from __future__ import annotations

__all__ = ["ALIASES", "ROWS"]

ROWS = """
# keys
piano|Piano|钢琴|0|keys|A0 C8|C2 C7|0|grand|10|14
bright_piano|Bright Piano|明亮钢琴|1|keys|A0 C8|C2 C7|0|grand|10|14
electric_grand|Electric Grand|电三角钢琴|2|keys|E1 E7|C2 C6|0|grand|10|14
honky_tonk|Honky-tonk Piano|酒吧钢琴|3|keys|A0 C8|C2 C7|0|grand|10|14
electric_piano|Electric Piano|电钢琴|4|keys|E1 E7|C2 C6|0|grand|10|14
fm_piano|FM Piano|调频电钢琴|5|keys|E1 E7|C2 C6|0|grand|10|14
harpsichord|Harpsichord|羽管键琴|6|keys|F1 F6|C2 C6|0|grand|10|13
clavinet|Clavinet|击弦古钢琴|7|keys|F1 E6|C2 C6|0|grand|10|14
celesta|Celesta|钢片琴|8|mallets|C4 C8|C4 C7|12|grand|10|14
organ|Drawbar Organ|拉杆风琴|16|keys|C2 C7|C2 C6|0|grand|10|14
percussive_organ|Percussive Organ|打击风琴|17|keys|C2 C7|C2 C6|0|grand|10|14
rock_organ|Rock Organ|摇滚风琴|18|keys|C2 C7|C2 C6|0|grand|10|14
church_organ|Pipe Organ|管风琴|19|keys|C2 C7|C2 C6|0|grand|10|14
harmonium|Harmonium|簧风琴|20|keys|F1 F6|C2 C6|0|grand|10|14
accordion|Accordion|手风琴|21|keys|F3 A6|G3 D6|0|G|8|14
harmonica|Harmonica|口琴|22|woodwind|C4 C7|C4 C6|0|G|3|0
bandoneon|Bandoneon|班多钮手风琴|23|keys|C2 B6|E2 E6|0|grand|8|14
# mallets and bells
glockenspiel|Glockenspiel|钟琴|9|mallets|G5 C8|G5 G7|24|G|2|0
music_box|Music Box|八音盒|10|mallets|C4 C7|C5 C7|0|G|6|0
vibraphone|Vibraphone|颤音琴|11|mallets|F3 F6|F3 F6|0|G|4|0
marimba|Marimba|马林巴|12|mallets|C2 C7|A2 C6|0|grand|4|0
xylophone|Xylophone|木琴|13|mallets|F4 C8|C5 C7|12|G|2|0
tubular_bells|Tubular Bells|管钟|14|mallets|C4 F5|C4 F5|0|G|2|0
dulcimer|Hammered Dulcimer|扬琴(大扬琴)|15|mallets|D3 D6|G3 A5|0|G|4|0
timpani|Timpani|定音鼓|47|percussion|D2 C4|F2 F3|0|F|2|0
steel_drums|Steel Drums|钢鼓|114|mallets|C4 E6|C4 C6|0|G|4|0
kalimba|Kalimba|拇指琴|108|mallets|B3 E6|C4 C6|0|G|3|0
# guitars and plucked
nylon_guitar|Nylon Guitar|尼龙弦吉他|24|guitar|E2 B5|E2 E5|-12|G8vb|6|0
steel_guitar|Steel Guitar|民谣吉他|25|guitar|E2 C6|E2 E5|-12|G8vb|6|0
jazz_guitar|Jazz Guitar|爵士吉他|26|guitar|E2 D6|E2 G5|-12|G8vb|6|0
electric_guitar|Electric Guitar|清音电吉他|27|guitar|E2 D6|E2 A5|-12|G8vb|6|0
muted_guitar|Muted Guitar|闷音电吉他|28|guitar|E2 D6|E2 E5|-12|G8vb|6|0
overdriven_guitar|Overdriven Guitar|过载电吉他|29|guitar|E2 D6|E2 C6|-12|G8vb|6|0
distortion_guitar|Distortion Guitar|失真电吉他|30|guitar|E2 D6|E2 C6|-12|G8vb|6|0
banjo|Banjo|班卓琴|105|guitar|C3 A5|D3 E5|0|G|5|0
ukulele|Ukulele|尤克里里|24|guitar|C4 A5|C4 E5|0|G|4|0
mandolin|Mandolin|曼陀林|25|guitar|G3 A6|G3 D6|0|G|4|0
sitar|Sitar|西塔琴|104|plucked|C3 C6|D3 A5|0|G|3|0
shamisen|Shamisen|三味线|106|plucked|C3 C6|C3 G5|0|G|3|0
koto|Koto|筝(日本)|107|plucked|G2 G6|D3 D6|0|G|6|0
harp|Harp|竖琴|46|plucked|C1 G7|C2 C7|0|grand|8|13
# basses
acoustic_bass|Upright Bass|原声贝斯|32|bass|E1 C4|E1 G3|-12|F|2|0
electric_bass|Electric Bass|电贝斯(指弹)|33|bass|E1 G4|E1 A3|-12|F|2|0
picked_bass|Picked Bass|电贝斯(拨片)|34|bass|E1 G4|E1 A3|-12|F|2|0
fretless_bass|Fretless Bass|无品贝斯|35|bass|E1 G4|E1 A3|-12|F|2|0
slap_bass|Slap Bass|击弦贝斯|36|bass|E1 G4|E1 A3|-12|F|2|0
synth_bass|Synth Bass|合成贝斯|38|bass|C1 C5|C1 C4|0|F|2|0
synth_bass_2|Synth Bass 2|合成贝斯二|39|bass|C1 C5|C1 C4|0|F|2|0
# strings
violin|Violin|小提琴|40|strings|G3 E7|G3 B6|0|G|2|0
viola|Viola|中提琴|41|strings|C3 E6|C3 A5|0|C3|2|0
cello|Cello|大提琴|42|strings|C2 C6|C2 A4|0|F|2|0
double_bass|Double Bass|低音提琴|43|strings|E1 C4|E1 G3|-12|F|1|0
tremolo_strings|Tremolo Strings|震音弦乐|44|strings|E1 E7|C2 C6|0|grand|8|0
pizzicato|Pizzicato Strings|拨奏弦乐|45|strings|E1 E7|C2 C6|0|grand|8|0
strings|Strings|弦乐合奏|48|strings|E1 E7|C2 C6|0|grand|12|0
slow_strings|Slow Strings|慢速弦乐|49|strings|E1 E7|C2 C6|0|grand|12|0
synth_strings|Synth Strings|合成弦乐|50|synth|C1 C8|C2 C6|0|grand|12|0
fiddle|Fiddle|乡村提琴|110|strings|G3 E7|G3 B5|0|G|2|0
# brass
trumpet|Trumpet in Bb|小号|56|brass|E3 C6|A3 A5|-2|G|1|0
trumpet_c|Trumpet in C|C 调小号|56|brass|F#3 D6|B3 B5|0|G|1|0
muted_trumpet|Muted Trumpet|弱音小号|59|brass|E3 C6|A3 A5|-2|G|1|0
trombone|Trombone|长号|57|brass|E2 D5|A2 F4|0|F|1|0
bass_trombone|Bass Trombone|低音长号|57|brass|Bb1 Bb4|E2 D4|0|F|1|0
tuba|Tuba|大号|58|brass|D1 F4|F1 Bb3|0|F|1|0
horn|Horn in F|圆号|60|brass|B1 F5|F2 C5|-7|G|1|0
brass|Brass Section|铜管组|61|brass|E2 C6|C3 A5|0|G|6|0
synth_brass|Synth Brass|合成铜管|62|synth|C2 C7|C3 C6|0|G|8|0
flugelhorn|Flugelhorn|富鲁格号|56|brass|E3 Bb5|A3 F5|-2|G|1|0
euphonium|Euphonium|次中音号|58|brass|Bb1 Bb4|F2 F4|0|F|1|0
# woodwinds
soprano_sax|Soprano Sax|高音萨克斯|64|woodwind|Ab3 E6|Bb3 C6|-2|G|1|0
alto_sax|Alto Sax|中音萨克斯|65|woodwind|Db3 A5|Eb3 F5|-9|G|1|0
tenor_sax|Tenor Sax|次中音萨克斯|66|woodwind|Ab2 E5|Bb2 C5|-14|G|1|0
baritone_sax|Baritone Sax|上低音萨克斯|67|woodwind|C2 A4|Eb2 F4|-21|G|1|0
oboe|Oboe|双簧管|68|woodwind|Bb3 A6|D4 D6|0|G|1|0
english_horn|English Horn|英国管|69|woodwind|E3 C6|G3 G5|-7|G|1|0
bassoon|Bassoon|巴松管|70|woodwind|Bb1 Eb5|C2 G4|0|F|1|0
clarinet|Clarinet in Bb|单簧管|71|woodwind|D3 Bb6|E3 C6|-2|G|1|0
clarinet_a|Clarinet in A|A 调单簧管|71|woodwind|C#3 A6|E3 B5|-3|G|1|0
bass_clarinet|Bass Clarinet|低音单簧管|71|woodwind|Bb1 G5|D2 D4|-14|G|1|0
piccolo|Piccolo|短笛|72|woodwind|D5 C8|G5 G7|12|G|1|0
flute|Flute|长笛|73|woodwind|C4 D7|E4 A6|0|G|1|0
alto_flute|Alto Flute|中音长笛|73|woodwind|G3 G6|A3 D6|-5|G|1|0
recorder|Recorder|竖笛|74|woodwind|C5 D7|D5 A6|12|G|1|0
pan_flute|Pan Flute|排箫|75|woodwind|G4 G7|B4 C7|0|G|1|0
shakuhachi|Shakuhachi|尺八|77|woodwind|D4 D7|D4 A6|0|G|1|0
whistle|Tin Whistle|锡口笛|78|woodwind|D5 D7|D5 B6|12|G|1|0
ocarina|Ocarina|陶笛|79|woodwind|A4 F6|A4 D6|0|G|1|0
bagpipe|Bagpipe|风笛|109|woodwind|G4 A5|G4 A5|0|G|2|0
# voices
soprano|Soprano|女高音|52|voice|C4 A5|D4 G5|0|G|1|0
mezzo_soprano|Mezzo-soprano|女中音(次女高音)|52|voice|A3 F5|B3 D5|0|G|1|0
alto|Alto|女低音|52|voice|G3 D5|A3 C5|0|G|1|0
tenor|Tenor|男高音|52|voice|C3 A4|D3 G4|-12|G8vb|1|0
baritone|Baritone|男中音|52|voice|A2 F4|B2 D4|0|F|1|0
bass_voice|Bass Voice|男低音|52|voice|E2 D4|F2 C4|0|F|1|0
choir|Choir|合唱|52|voice|E2 A5|G2 F5|0|grand|8|0
voice_oohs|Voice Oohs|人声哼鸣|53|voice|E2 A5|G2 F5|0|grand|8|0
synth_voice|Synth Voice|合成人声|54|synth|C2 C7|C3 C6|0|G|8|0
# synthesizers
square_lead|Square Lead|方波主音|80|synth|C2 C8|C3 C7|0|G|4|0
saw_lead|Saw Lead|锯齿波主音|81|synth|C2 C8|C3 C7|0|G|4|0
calliope_lead|Calliope Lead|汽笛主音|82|synth|C2 C8|C3 C7|0|G|4|0
charang_lead|Charang Lead|电弦主音|84|synth|C2 C8|C3 C7|0|G|4|0
fifths_lead|Fifths Lead|五度主音|86|synth|C2 C8|C3 C6|0|G|4|0
new_age_pad|New Age Pad|新世纪铺底|88|synth|C1 C8|C2 C6|0|grand|12|0
warm_pad|Warm Pad|温暖铺底|89|synth|C1 C8|C2 C6|0|grand|12|0
polysynth|Polysynth|复音合成器|90|synth|C1 C8|C2 C6|0|grand|12|0
choir_pad|Choir Pad|合唱铺底|91|synth|C1 C8|C2 C6|0|grand|12|0
halo_pad|Halo Pad|光晕铺底|94|synth|C1 C8|C2 C6|0|grand|12|0
sweep_pad|Sweep Pad|扫频铺底|95|synth|C1 C8|C2 C6|0|grand|12|0
atmosphere|Atmosphere|氛围|99|effects|C2 C8|C3 C6|0|G|8|0
crystal|Crystal|水晶|98|effects|C3 C8|C4 C7|0|G|8|0
orchestra_hit|Orchestra Hit|管弦齐奏|55|effects|C2 C6|C3 C5|0|G|2|0
taiko|Taiko|太鼓|116|percussion|C2 C4|E2 E3|0|F|2|0
# Chinese instruments, on the nearest program
erhu|Erhu|二胡|110|chinese|D4 D7|D4 A6|0|G|1|0
gaohu|Gaohu|高胡|110|chinese|G4 G7|G4 D7|0|G|1|0
zhonghu|Zhonghu|中胡|41|chinese|G3 G6|G3 D6|0|G|1|0
banhu|Banhu|板胡|110|chinese|D5 D7|D5 A6|0|G|1|0
pipa|Pipa|琵琶|106|chinese|A2 E6|A2 A5|0|G|4|0
guzheng|Guzheng|古筝|107|chinese|D2 D6|D3 D6|0|grand|6|0
guqin|Guqin|古琴|107|chinese|C2 D6|C2 D5|0|F|3|0
yangqin|Yangqin|扬琴|15|chinese|G2 G6|D3 D6|0|grand|2|0
ruan|Zhongruan|中阮|24|chinese|G2 G5|G2 D5|0|G8vb|4|0
liuqin|Liuqin|柳琴|25|chinese|G3 G6|G3 D6|0|G|4|0
sanxian|Sanxian|三弦|106|chinese|G2 G5|G2 D5|0|G8vb|3|0
dizi|Dizi|笛子|73|chinese|A4 B6|A4 A6|0|G|1|0
xiao|Xiao|箫|77|chinese|D4 E6|D4 B5|0|G|1|0
hulusi|Hulusi|葫芦丝|71|chinese|G4 E6|A4 C6|0|G|1|0
suona|Suona|唢呐|111|chinese|A4 B6|A4 A6|0|G|1|0
sheng|Sheng|笙|20|chinese|G3 G6|D4 D6|0|G|6|0
# drum kits: the program is the kit on the percussion channel
drums|Drum Kit|架子鼓|0|drums|B1 A5|B1 A5|0|percussion|8|0
room_kit|Room Kit|房间鼓组|8|drums|B1 A5|B1 A5|0|percussion|8|0
power_kit|Power Kit|力量鼓组|16|drums|B1 A5|B1 A5|0|percussion|8|0
electronic_kit|Electronic Kit|电子鼓组|24|drums|B1 A5|B1 A5|0|percussion|8|0
analog_kit|Analog Kit|模拟鼓组|25|drums|B1 A5|B1 A5|0|percussion|8|0
jazz_kit|Jazz Kit|爵士鼓组|32|drums|B1 A5|B1 A5|0|percussion|8|0
brush_kit|Brush Kit|鼓刷鼓组|40|drums|B1 A5|B1 A5|0|percussion|8|0
orchestra_kit|Orchestra Kit|管弦打击组|48|drums|B1 A5|B1 A5|0|percussion|8|0
"""

ALIASES: dict[str, str] = {
    "grand piano": "piano",
    "acoustic piano": "piano",
    "keys": "piano",
    "keyboard": "piano",
    "rhodes": "electric_piano",
    "wurlitzer": "electric_piano",
    "ep": "electric_piano",
    "dx piano": "fm_piano",
    "cembalo": "harpsichord",
    "hammond": "organ",
    "pipe organ": "church_organ",
    "reed organ": "harmonium",
    "vibes": "vibraphone",
    "glock": "glockenspiel",
    "chimes": "tubular_bells",
    "guitar": "steel_guitar",
    "acoustic guitar": "steel_guitar",
    "folk guitar": "steel_guitar",
    "classical guitar": "nylon_guitar",
    "spanish guitar": "nylon_guitar",
    "clean guitar": "electric_guitar",
    "rock guitar": "overdriven_guitar",
    "lead guitar": "overdriven_guitar",
    "bass": "electric_bass",
    "bass guitar": "electric_bass",
    "finger bass": "electric_bass",
    "fingered bass": "electric_bass",
    "pick bass": "picked_bass",
    "walking bass": "acoustic_bass",
    "string bass": "acoustic_bass",
    "contrabass": "double_bass",
    "orchestral bass": "double_bass",
    "bass synth": "synth_bass",
    "violoncello": "cello",
    "string section": "strings",
    "string ensemble": "strings",
    "string orchestra": "strings",
    "pizz": "pizzicato",
    "french horn": "horn",
    "horns": "brass",
    "horn section": "brass",
    "brass ensemble": "brass",
    "cornet": "trumpet",
    "sax": "alto_sax",
    "saxophone": "alto_sax",
    "alto saxophone": "alto_sax",
    "tenor saxophone": "tenor_sax",
    "soprano saxophone": "soprano_sax",
    "bari sax": "baritone_sax",
    "baritone saxophone": "baritone_sax",
    "cor anglais": "english_horn",
    "penny whistle": "whistle",
    "irish whistle": "whistle",
    "voice": "choir",
    "vocals": "choir",
    "choir aahs": "choir",
    "satb": "choir",
    "aahs": "choir",
    "oohs": "voice_oohs",
    "contralto": "alto",
    "lead": "saw_lead",
    "synth lead": "saw_lead",
    "synth": "polysynth",
    "pad": "warm_pad",
    "synth pad": "warm_pad",
    "kit": "drums",
    "drum set": "drums",
    "drumkit": "drums",
    "percussion": "drums",
    "808": "analog_kit",
    "tr808": "analog_kit",
    "brushes": "brush_kit",
    "zheng": "guzheng",
    "qin": "guqin",
    "bamboo flute": "dizi",
    "zhongruan": "ruan",
    "吉他": "steel_guitar",
    "木吉他": "steel_guitar",
    "古典吉他": "nylon_guitar",
    "电吉他": "electric_guitar",
    "贝斯": "electric_bass",
    "电贝斯": "electric_bass",
    "低音吉他": "electric_bass",
    "倍大提琴": "double_bass",
    "弦乐": "strings",
    "铜管": "brass",
    "法国号": "horn",
    "萨克斯": "alto_sax",
    "黑管": "clarinet",
    "大管": "bassoon",
    "巴松": "bassoon",
    "竹笛": "dizi",
    "洞箫": "xiao",
    "筝": "guzheng",
    "琴": "piano",
    "人声": "choir",
    "鼓": "drums",
    "爵士鼓": "jazz_kit",
    "鼓组": "drums",
    "风琴": "organ",
    "合成器": "polysynth",
    "铺底": "warm_pad",
}
"""Other names to identifiers."""
