<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About GenStudio</source>
        <translation>关于 GenStudio</translation>
    </message>
    <message>
        <source>Put two songs or two sentences at the ends of a line, and hear what lies between.</source>
        <translation>把两首曲子或两句话放在一条线的两端，听听它们之间有什么。</translation>
    </message>
    <message>
        <source>Free software under the MIT licence. The models tell of their data in their cards.</source>
        <translation>自由软件，采用 MIT 许可证。各模型的训练数据见其模型卡。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the versions</source>
        <translation>复制版本信息</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Card</name>
    <message>
        <source>{what} is being made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A piece</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space plays, Enter makes it an end, F keeps it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} notes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let go</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use as A</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use as B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shape</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show on the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished">复制</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CardText</name>
    <message>
        <source>Model card of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished">复制</translation>
    </message>
    <message>
        <source>Copy the card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished">关闭</translation>
    </message>
</context>
<context>
    <name>Chooser</name>
    <message>
        <source>Choose a piece</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This file holds {count} pieces.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished">搜索</translation>
    </message>
    <message>
        <source>Search the titles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pieces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>untitled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation type="unfinished">没有找到。</translation>
    </message>
</context>
<context>
    <name>ComposeDialog</name>
    <message>
        <source>Play or draw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no notes yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop ({beat})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>My melody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Halves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quarters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Eighths</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Triplets of eighths</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sixteenths</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Metre</source>
        <translation type="unfinished">拍号</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation type="unfinished">步数</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation type="unfinished">速度</translation>
    </message>
    <message>
        <source>Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished">清除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One bar is counted in; what you play is put on the steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Roll to draw in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Piano keyboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag in the roll to write a note, click a note to take it out. Or play: the keys A to P are a piano, Z and X change the octave, Right is a rest, Backspace takes back.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Corpora</name>
    <message>
        <source>Melodies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Texts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} bars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} phrases</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CorpusDetails</name>
    <message>
        <source>Enter makes it an end of the next interpolation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space plays it. {more}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What became of the pieces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>taken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phrases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to train on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>held out while training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>held out to the end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left out, there twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Metre</source>
        <translation type="unfinished">拍号</translation>
    </message>
    <message>
        <source>Keynote</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The plots are of {count} phrases, drawn at random.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phrases ({count})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out ({count})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>held out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a phrase first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>remark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train on it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking through it …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parts of the corpus</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Used for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished">文件</translation>
    </message>
    <message>
        <source>Find a phrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phrases of the corpus</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a file or a reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was left out, and why</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CorpusPage</name>
    <message>
        <source>Corpus</source>
        <translation type="unfinished">语料库</translation>
    </message>
    <message>
        <source>Import of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The corpus {name} is deleted; the files that it was made of stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The corpus {name} is taken from the list; its folder stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the corpus?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Corpora</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is none yet. Build one from your own songs or texts, or from the bundled songs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New corpus</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CreatePage</name>
    <message>
        <source>Create</source>
        <translation type="unfinished">创作</translation>
    </message>
    <message>
        <source>End {letter}: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear end {letter}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other part of end {letter}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Swap A and B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open an end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{label} ({suffixes})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a piece and press Enter to make it an end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing on the clipboard that can be an end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin with an example</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Random {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Random ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blend, row {row}, column {column}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample {seed}.{number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title}, variation {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title}, shaped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title}, continued {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interpolate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shape</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shaped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model is being loaded; one moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model is loaded; choose one at the top.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model that is loaded is for other pieces; choose another one at the top.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This end is empty: {letter}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move a slider first: more of something, or less.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make it (Ctrl+Return)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other ends, drawn from what the model has learned (Ctrl+R)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shaping has one result; move the sliders instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Others: a new seed (Ctrl+R)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Swap A and B (Ctrl+Shift+X)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both ends are empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything between two melodies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything between two sentences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A field between four melodies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A field between four sentences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A melody, and others like it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A sentence, and others like it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same, but different where you say so</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How could it go on?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop MIDI, ABC or MusicXML files on the ends above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type into the ends above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it A and B; the way between them is made at once, and a slider goes anywhere on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it four corners; what lies between them is made at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pieces are drawn from what the model has learned. Each seed gives others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it A; its neighbours are made at once, as near or as far as you like.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it A and move a slider: more notes, smaller leaps, fewer rests. The rest stays as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it A; its beginning is kept and several ways to go on are made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished">停止</translation>
    </message>
    <message>
        <source>Stop what is being made (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two bundled pieces as the ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Surprise me</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Being made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place between A and B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag, or use the arrow keys; with Shift in small steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Others: a new seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop what is being made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste as an end</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Curves</name>
    <message>
        <source>−ELBO</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the training lowers: reconstruction and KL together, in nats a piece.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reconstruction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How surprised the decoder is by the pieces, in nats a piece.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much of each piece passes through the latent space, in nats.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Active units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dimensions of the latent space that differ from piece to piece.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DetailsDialog</name>
    <message>
        <source>What went wrong</source>
        <translation>出了什么问题</translation>
    </message>
    <message>
        <source>Details of the error</source>
        <translation>错误详情</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>DropSheet</name>
    <message>
        <source>Drop songs, sentences, a model, or a folder to make a corpus of</source>
        <translation>把曲子、文本、模型或用来建语料库的文件夹拖放到这里</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pieces to export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file for each</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All in one file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instrument</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation type="unfinished">速度</translation>
    </message>
    <message>
        <source>Sample rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours</source>
        <translation type="unfinished">配色</translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished">浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished">深色</translation>
    </message>
    <message>
        <source>Find new names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace the files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What to do with files of the same names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The titles of the pieces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished">停止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished">关闭</translation>
    </message>
    <message>
        <source>This format is not for such a piece.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tick at least one piece.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} files: {first} … {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is there already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} of these files are there already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export {title} as {format}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export {count} pieces as {format}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is being written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It ends after the file that is being written.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Exporting</name>
    <message>
        <source>MIDI</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notes, tempo and instrument, for every music program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MusicXML</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For notation programs such as MuseScore.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ABC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A tunebook in letters, as folk musicians share them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>WAV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound without loss, for every program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FLAC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound without loss, in half the space.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ogg Vorbis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound in little space, to send to somebody.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score, PDF</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Engraved notes to print.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score, SVG</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Engraved notes as a drawing; the first page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score, PNG</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Engraved notes as a picture; the first page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Piano roll, SVG</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A drawing, sharp at every size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Piano roll, PNG</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A picture for the web or a document.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Piano roll, PDF</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A drawing to print.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sentences, a line each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table, CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A row for each: model, seed, how it was made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Music</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound</source>
        <translation type="unfinished">声音</translation>
    </message>
    <message>
        <source>Score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Piano roll</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text</source>
        <translation type="unfinished">文本</translation>
    </message>
    <message>
        <source>Written: {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} files were written into {folder}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Finder</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search places, commands, models and pieces</source>
        <translation>搜索页面、命令、模型和作品</translation>
    </message>
    <message>
        <source>Search places, commands, models and pieces  (Ctrl+K)</source>
        <translation>搜索页面、命令、模型和作品  (Ctrl+K)</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>搜索结果</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>没有找到。</translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>Set {name} back to the preset</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Home</source>
        <translation>主页</translation>
    </message>
    <message>
        <source>From one sentence to another</source>
        <translation>从一句话到另一句话</translation>
    </message>
    <message>
        <source>Two sentences are the ends of a line. What stands between them was written by the model.</source>
        <translation>两句话是一条线的两端，中间的句子由模型写成。</translation>
    </message>
    <message>
        <source>Welcome to GenStudio</source>
        <translation>欢迎使用 GenStudio</translation>
    </message>
    <message>
        <source>From one song to another</source>
        <translation>从一首曲子到另一首曲子</translation>
    </message>
    <message>
        <source>The Kesh, an Irish jig, is at one end and the Ode to Joy at the other. Between them lie melodies that nobody has written. Press Space and hear the whole way; the arrow keys go through it.</source>
        <translation>一端是爱尔兰吉格舞曲《The Kesh》，另一端是《欢乐颂》，两者之间是无人写过的旋律。按空格键听完全程，用方向键逐个浏览。</translation>
    </message>
    <message>
        <source>Go on in Create</source>
        <translation>在“创作”中继续</translation>
    </message>
    <message>
        <source>Go on with these two ends in Create</source>
        <translation>以这两端在“创作”中继续</translation>
    </message>
    <message>
        <source>Open your own</source>
        <translation>打开自己的文件</translation>
    </message>
    <message>
        <source>Open songs or sentences of your own</source>
        <translation>打开自己的曲子或文本</translation>
    </message>
    <message>
        <source>MIDI, ABC, MusicXML or text; files can also be dropped anywhere in the window.</source>
        <translation>MIDI、ABC、MusicXML 或文本；也可以把文件拖放到窗口任意位置。</translation>
    </message>
    <message>
        <source>Play the way from A to B</source>
        <translation>播放从 A 到 B 的全程</translation>
    </message>
    <message>
        <source>The way from A to B</source>
        <translation>从 A 到 B 的全程</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>What you make and keep is in the library, and the latest of it here. Press F on a piece to keep it.</source>
        <translation>你创作和收藏的作品都在曲库里，最近的会显示在这里。选中作品后按 F 即可收藏。</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>No model is installed. Open a model folder, or train one of your own on Train.</source>
        <translation>还没有安装模型。请打开一个模型文件夹，或在“训练”页训练自己的模型。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Play the way</source>
        <translation>播放全程</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>What lies between comes as soon as the model is loaded.</source>
        <translation>模型加载完成后，中间的旋律就会出现。</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>第 {number} 个，共 {count} 个</translation>
    </message>
    <message>
        <source>Open songs or sentences</source>
        <translation>打开曲子或文本</translation>
    </message>
</context>
<context>
    <name>ImportPanel</name>
    <message>
        <source>Looking what is in there …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} files of music</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} files of text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing in there can be read: expected MIDI, ABC, MusicXML or text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder of songs or texts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Songs or texts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder or files first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait until it is clear what is in there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of the files is of this kind; choose another kind.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New corpus</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A corpus is what a model learns from: songs or sentences, cut into phrases. Everything that cannot be used is listed with its reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a folder or files here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the bundled songs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Build the corpus</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the corpus</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To learn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is to be learned from it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files and folders that are taken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More settings</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Importer</name>
    <message>
        <source>The import ended unexpectedly; nothing was written. Try it once more, with fewer files.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Importing</name>
    <message>
        <source>Building {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for duplicates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning the vocabulary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total} files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation type="unfinished">剩余 {time}</translation>
    </message>
    <message>
        <source>It is being stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel the import</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Fold the inspector away</source>
        <translation>收起检查器</translation>
    </message>
    <message>
        <source>Fold the inspector away  (Ctrl+I)</source>
        <translation>收起检查器  (Ctrl+I)</translation>
    </message>
    <message>
        <source>Select a piece, and its facts are here: key, metre, notes, what made it, and where it lies.</source>
        <translation>选择一个作品，这里会显示它的信息：调、拍号、音符、由什么生成以及在潜在空间中的位置。</translation>
    </message>
    <message>
        <source>Piece</source>
        <translation>作品</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>生成信息</translation>
    </message>
    <message>
        <source>Latent space</source>
        <translation>潜在空间</translation>
    </message>
    <message>
        <source>Nearest in the corpus</source>
        <translation>语料库中最接近的作品</translation>
    </message>
    <message>
        <source>Show or fold: {section}</source>
        <translation>展开或收起：{section}</translation>
    </message>
    <message>
        <source>Norm</source>
        <translation>范数</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>维数</translation>
    </message>
    <message>
        <source>{title}, distance {distance}</source>
        <translation>{title}，距离 {distance}</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>调</translation>
    </message>
    <message>
        <source>Metre</source>
        <translation>拍号</translation>
    </message>
    <message>
        <source>Bars</source>
        <translation>小节</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>音符</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>音域</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Way from A to B</source>
        <translation>从 A 到 B 的位置</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>In the library</source>
        <translation>曲库编号</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>任务编号</translation>
    </message>
</context>
<context>
    <name>Instruments</name>
    <message>
        <source>Piano</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chromatic percussion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Organ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Guitar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Strings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ensemble</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pipe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synth lead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synth pad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synth effects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>World</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Percussive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound effects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acoustic Grand Piano</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bright Acoustic Piano</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Electric Grand Piano</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Honky-tonk Piano</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Electric Piano 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Electric Piano 2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Harpsichord</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clavinet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Celesta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Glockenspiel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Music Box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vibraphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marimba</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Xylophone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tubular Bells</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dulcimer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drawbar Organ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Percussive Organ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rock Organ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Church Organ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reed Organ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accordion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Harmonica</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tango Accordion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acoustic Guitar (nylon)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acoustic Guitar (steel)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Electric Guitar (jazz)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Electric Guitar (clean)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Electric Guitar (muted)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overdriven Guitar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Distortion Guitar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Guitar Harmonics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acoustic Bass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Electric Bass (finger)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Electric Bass (pick)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fretless Bass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slap Bass 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slap Bass 2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synth Bass 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synth Bass 2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Violin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Viola</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cello</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contrabass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tremolo Strings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pizzicato Strings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orchestral Harp</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timpani</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>String Ensemble 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>String Ensemble 2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synth Strings 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synth Strings 2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choir Aahs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Voice Oohs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synth Choir</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orchestra Hit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trumpet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trombone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tuba</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Muted Trumpet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>French Horn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brass Section</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synth Brass 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synth Brass 2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Soprano Sax</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alto Sax</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tenor Sax</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Baritone Sax</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Oboe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>English Horn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bassoon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clarinet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Piccolo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recorder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pan Flute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blown Bottle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shakuhachi</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whistle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ocarina</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lead 1 (square)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lead 2 (sawtooth)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lead 3 (calliope)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lead 4 (chiff)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lead 5 (charang)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lead 6 (voice)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lead 7 (fifths)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lead 8 (bass + lead)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pad 1 (new age)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pad 2 (warm)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pad 3 (polysynth)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pad 4 (choir)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pad 5 (bowed)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pad 6 (metallic)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pad 7 (halo)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pad 8 (sweep)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FX 1 (rain)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FX 2 (soundtrack)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FX 3 (crystal)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FX 4 (atmosphere)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FX 5 (brightness)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FX 6 (goblins)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FX 7 (echoes)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FX 8 (sci-fi)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sitar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Banjo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shamisen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Koto</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kalimba</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bagpipe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fiddle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shanai</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tinkle Bell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Agogo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steel Drums</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Woodblock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taiko Drum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Melodic Tom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synth Drum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reverse Cymbal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Guitar Fret Noise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Breath Noise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seashore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bird Tweet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Telephone Ring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Helicopter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Applause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gunshot</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Parameters</name>
    <message>
        <source>free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps</source>
        <translation type="unfinished">步数</translation>
    </message>
    <message>
        <source>How many pieces from A to B, both included</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows and columns between the four corners</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many pieces are made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 is the piece itself, 1 as far as any other piece</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length in bars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length in words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length of each piece; free: as the model ends it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep bars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much of the beginning is kept; free: what leaves room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All pieces stay in the key of A</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold metre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All pieces stay in the metre of A</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Round goes where pieces are dense (slerp); straight is the plain mean (linear)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole songs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Work on longer songs phrase by phrase; they come out whole</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation type="unfinished">温度</translation>
    </message>
    <message>
        <source>0 takes the likeliest note or word each time, more is wilder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw only from the likeliest that together have this probability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished">随机种子</translation>
    </message>
    <message>
        <source>The same seed gives the same pieces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Round</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Straight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Less</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another seed: other results</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>The model that is loaded at the start.</source>
        <translation>启动时加载的模型。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>How many pieces the way from A to B has, both ends too.</source>
        <translation>从 A 到 B 共有多少个作品，包括两端。</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>slerp keeps to the sphere on which codes lie; linear takes the straight line.</source>
        <translation>slerp 沿编码所在的球面走；linear 走直线。</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Play a piece again and again.</source>
        <translation>反复播放同一作品。</translation>
    </message>
    <message>
        <source>SoundFont</source>
        <translation>音色库 (SoundFont)</translation>
    </message>
    <message>
        <source>A file of instruments (.sf2); empty: the one that is found.</source>
        <translation>乐器音色文件 (.sf2)；留空则使用自动找到的音色库。</translation>
    </message>
    <message>
        <source>Your models, library and work</source>
        <translation>你的模型、曲库和工作</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>偏好设置</translation>
    </message>
    <message>
        <source>General</source>
        <translation>通用</translation>
    </message>
    <message>
        <source>Making</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>The one that is found</source>
        <translation>自动找到的音色库</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Choose a SoundFont</source>
        <translation>选择音色库</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>RollView</name>
    <message>
        <source>{count} notes are the same in both.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Piano roll</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No melody is shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a melody to see it here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunPanel</name>
    <message>
        <source>{time} left</source>
        <translation type="unfinished">剩余 {time}</translation>
    </message>
    <message>
        <source>{count} steps a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} s a step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>installed as {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training ended unexpectedly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Up to step {step} all is kept, and it can go on from there as if nothing had happened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was kept yet; it can start from the beginning.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder of this training is damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{error} It cannot go on; discard it, and train anew on its corpus.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide 30 % of the decoder&apos;s inputs and start again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KL weight {weight}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The decoder does not listen to the latent space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{active} of {dims} dimensions are in use and the KL is {kl} nats, so every place of the space sounds alike (posterior collapse). It helps to make the decoder need the code: hide some of its inputs from it, or charge less for the code. This run is stopped and kept, and a new one begins.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model is ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model so far can be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is installed as {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install it, and make melodies or sentences with it on the Create page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install and use the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model uses {active} of its {dims} dimensions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of pieces it has not seen, {share} of the notes come back right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{share} of them come back without any difference.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It foretells {share} of the next tokens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The piece</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End it and delete all of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget how far it has come and train from the beginning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished">停止</translation>
    </message>
    <message>
        <source>End it and keep the model so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop for a while; it goes on exactly where it was</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on exactly where it was</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the model card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dots: pieces that are held out. Thin line: pieces that are trained on. Point at a curve to read it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As it learns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One piece that it has not seen, and what it made of it at each evaluation; Space plays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Examples of what it has learned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures of every evaluation</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pausing, saving first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping, saving first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused at step {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped at step {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ended unexpectedly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Works in another process</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step {step} of {steps}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ScoreView</name>
    <message>
        <source>Score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No melody is shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a melody to see its score here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The score is being engraved.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Batch size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sequences of each step, over all processes together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps</source>
        <translation type="unfinished">步数</translation>
    </message>
    <message>
        <source>Length of the training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Highest learning rate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps in which the learning rate rises.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Final rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate at the end, as a share of the highest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decoupled weight decay on matrices.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Beta 2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AdamW&apos;s second decay rate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gradient clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest norm of the gradient; 0: no limit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluate every</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps between evaluations on held-out pieces.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluate on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Held-out sequences of each evaluation in training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KL weight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight at the end of the schedule (beta).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First KL weight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight at the start of the schedule.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KL schedule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the weight rises: constant; linear and sigmoid (Bowman et al. 2016); cyclical (Fu et al. 2019).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rise begins</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the training before which the weight stays at its first value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rise ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the training (of each cycle) at which the weight is reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cycles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of cycles of the cyclical schedule.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KL that costs nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free bits in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the floor holds for each dimension or for all together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Core</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Architecture of encoder and decoder: a file name in models/cores.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Word dropout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the decoder&apos;s inputs that are hidden in training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Word dropout at the end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share at the end of the training; -1: as at the start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the sequences whose interchangeable tokens (the key of a melody) are replaced by a random one in training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Emphasis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight in training of the tokens that open a sequence (key and metre of a melody) and of its end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Variants</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the sequences that are replaced by a variant in training (melodies: a part, other metre, fewer notes …).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type that matrices are multiplied in; auto: bfloat16 where the processor has a matrix unit for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the latent space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off: z is nought, the same decoder is trained as a plain language model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Latent dimensions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of z.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Embedding width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of a token&apos;s vector.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encoder width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hidden size of each direction of the encoder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decoder width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hidden size of the decoder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decoder layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LSTM layers of the decoder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the decoder&apos;s inputs and outputs dropped in training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encoder dropout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the encoder&apos;s inputs and summary dropped in training; -1: as dropout.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tie embeddings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the embedding as the output matrix.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>z at the output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Join z to the decoder&apos;s output as well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of a token&apos;s vector; a multiple of the number of heads.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attention heads of each layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encoder layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers that read each segment by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mixing layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers in which the segments see each other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conductor layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers that mix the codes before decoding.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Causal layers of the decoder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cells a segment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cells with a slot of their own; what lies beyond belongs to the last.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cell size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of a cell, in the domain&apos;s units of advance (for melodies 24 are a quarter).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dimensions a slot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Latent dimensions that each slot gives.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Feed-forward ratio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width of the feed-forward part, in widths.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of each layer&apos;s output dropped in training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bars of a phrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pieces are cut into phrases of so many bars; the model learns phrases.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A phrase every</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bars from the start of one phrase to the start of the next; fewer give more phrases, which overlap.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures that come often become one token each, up to so many.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Held out while training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the pieces that is not trained on, and shows how well the model does on what it has not seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>share</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Held out to the end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the pieces that is kept for the last measurement.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished">随机种子</translation>
    </message>
    <message>
        <source>Seed of all chance: the same seed holds out the same pieces.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Melodies of two bars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Melodies of sixteen bars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sentences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note density</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>notes a quarter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean pitch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>semitones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Range</source>
        <translation type="unfinished">音域</translation>
    </message>
    <message>
        <source>Interval size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Syncopation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>levels a note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stepwise motion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Diatonicity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Word length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Punctuation</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShapePanel</name>
    <message>
        <source>{change}, got {got}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notes</source>
        <translation type="unfinished">音符</translation>
    </message>
    <message>
        <source>fewer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pitch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lower</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>higher</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Range</source>
        <translation type="unfinished">音域</translation>
    </message>
    <message>
        <source>narrower</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>wider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leaps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>smaller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>larger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Syncopation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>less</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps</source>
        <translation type="unfinished">步数</translation>
    </message>
    <message>
        <source>Rests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In one scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shorter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>longer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words</source>
        <translation type="unfinished">词</translation>
    </message>
    <message>
        <source>Punctuation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: left is {less}, right is {more}. {help}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{label}, {less} or {more}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put all sliders back</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Shelf</name>
    <message>
        <source>Keep {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep {0} no longer</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Keep %n piece(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Keep %n piece(s) no longer</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Rename {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tag {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the tag {0} away</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Restore %n piece(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n piece(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShortcutDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Search by what it does or by key</source>
        <translation>按功能或按键搜索</translation>
    </message>
    <message>
        <source>Search the shortcuts</source>
        <translation>搜索快捷键</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>功能</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>适用范围</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>调</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Every card</source>
        <translation>所有卡片</translation>
    </message>
    <message>
        <source>Play or stop</source>
        <translation>播放或停止</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Make it an end</source>
        <translation>设为一端</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>回车</translation>
    </message>
    <message>
        <source>Keep it, or no longer</source>
        <translation>收藏或取消收藏</translation>
    </message>
    <message>
        <source>Go to the next or the one before</source>
        <translation>转到下一个或上一个</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Show the jobs  (Ctrl+J)</source>
        <translation>显示任务  (Ctrl+J)</translation>
    </message>
    <message>
        <source>Progress of all jobs</source>
        <translation>全部任务的进度</translation>
    </message>
    <message>
        <source>Jobs: {count}</source>
        <translation>任务：{count}</translation>
    </message>
    <message>
        <source>No jobs</source>
        <translation>没有任务</translation>
    </message>
</context>
<context>
    <name>Studio</name>
    <message>
        <source>The work of last time could not be opened and was set aside as {name}.</source>
        <translation>上次的工作无法打开，已另存为 {name}。</translation>
    </message>
    <message>
        <source>Last time ended unexpectedly; your work is here again.</source>
        <translation>上次意外退出；你的工作已恢复。</translation>
    </message>
</context>
<context>
    <name>Table</name>
    <message>
        <source>Copy</source>
        <translation type="unfinished">复制</translation>
    </message>
    <message>
        <source>Copy the rows that are selected, or all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{shown} of {all}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TextView</name>
    <message>
        <source>Text</source>
        <translation type="unfinished">文本</translation>
    </message>
    <message>
        <source>No text is shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New: {words}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gone: {words}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same as its neighbour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a sentence to read it here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compared with {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>underlined: new; struck out: gone</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ToolRow</name>
    <message>
        <source>Interpolate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything between two pieces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A grid between four pieces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New pieces, drawn from what the model has learned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Neighbours of a piece, near or far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shape</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A piece with more or less of something: notes, leaps, rests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A piece that goes on</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>melodies</source>
        <translation>旋律</translation>
    </message>
    <message>
        <source>sentences</source>
        <translation>句子</translation>
    </message>
    <message>
        <source>{kind} of up to {bars} bars</source>
        <translation>{kind}，最多 {bars} 小节</translation>
    </message>
    <message>
        <source>Open a model folder</source>
        <translation>打开模型文件夹</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Model: {name}</source>
        <translation>模型：{name}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>The model that pieces are made with; choose another.</source>
        <translation>用来生成作品的模型；可选择其他模型。</translation>
    </message>
    <message>
        <source>Loading …</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>There are no pieces to inspect on this page.</source>
        <translation>此页面没有可检查的作品。</translation>
    </message>
    <message>
        <source>Light colours</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark colours</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
</context>
<context>
    <name>TrainPage</name>
    <message>
        <source>Train</source>
        <translation type="unfinished">训练</translation>
    </message>
    <message>
        <source>{name} and all that it has learned is deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard the training?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What {name} has learned so far is forgotten, and it trains from the beginning.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start again?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is being installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trainings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None yet. Each training is listed here, and can be paused and gone on with, also after a restart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause or resume the training</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Trainer</name>
    <message>
        <source>Training {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the training ended unexpectedly; it can go on from where it last saved.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrainingSetup</name>
    <message>
        <source>There is no corpus yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A model learns from a corpus; build one first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a corpus first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the model a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring how long it will take …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long it will take could not be measured.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It will take {time} ({pace} s a step here).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A model learns the phrases of a corpus, and from then on writes new ones. The settings are good as they are; training goes on in a process of its own, and can be paused, even by closing the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Corpus</source>
        <translation type="unfinished">语料库</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Build a corpus</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data and decoder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished">模型</translation>
    </message>
    <message>
        <source>All settings</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>Player</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loop</source>
        <translation type="unfinished">循环</translation>
    </message>
    <message>
        <source>Place in the melody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Volume</source>
        <translation type="unfinished">音量</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation type="unfinished">速度</translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished">搜索</translation>
    </message>
    <message>
        <source>Instrument</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search instruments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where it plays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where it plays: the sound of this computer, or a MIDI port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished">复制</translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a melody first: click one, and Space plays it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space</source>
        <translation type="unfinished">空格</translation>
    </message>
    <message>
        <source>Back to the start, or the melody before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no melody after this one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next melody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let go</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept in the library; click to let it go</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it in the library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a piece first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop repeating</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation type="unfinished">重复</translation>
    </message>
    <message>
        <source>Tempo: {percent} of what is written, at the same pitch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its own instrument</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instrument: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sound of this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Clear the jobs that have ended</source>
        <translation>清除已结束的任务</translation>
    </message>
    <message>
        <source>Nothing is running. Imports, training and long exports are shown here while they work.</source>
        <translation>没有正在运行的任务。导入、训练和较长的导出会在进行时显示在这里。</translation>
    </message>
</context>
<context>
    <name>TroubleStrip</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Details of the error</source>
        <translation>错误详情</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>关闭消息</translation>
    </message>
</context>
<context>
    <name>Well</name>
    <message>
        <source>Other bars…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bar {bar}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bars {first} to {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First bar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last bar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished">打开</translation>
    </message>
    <message>
        <source>Take a piece from a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Library</source>
        <translation type="unfinished">曲库</translation>
    </message>
    <message>
        <source>Choose a piece that was kept or made; Enter makes it an end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Random</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new piece, drawn from what the model has learned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Map</source>
        <translation type="unfinished">地图</translation>
    </message>
    <message>
        <source>Choose a place on the map; Enter makes it an end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play or draw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play on a keyboard, or draw notes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a song here, or choose a way to begin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type or paste a sentence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sentence of end {letter}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which bars of end {letter}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which bars are meant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace end {letter}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace or clear this end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished">清除</translation>
    </message>
    <message>
        <source>End {letter}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Home</source>
        <translation>主页</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创作</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Corpus</source>
        <translation>语料库</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>曲库</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Open a model folder</source>
        <translation>打开模型文件夹</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Show or fold the inspector</source>
        <translation>显示或收起检查器</translation>
    </message>
    <message>
        <source>Show or fold the rail</source>
        <translation>显示或收起侧栏</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>播放或暂停</translation>
    </message>
    <message>
        <source>Stop the sound</source>
        <translation>停止播放</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>浅色或深色</translation>
    </message>
    <message>
        <source>Change the language</source>
        <translation>切换语言</translation>
    </message>
    <message>
        <source>Open the menu</source>
        <translation>打开菜单</translation>
    </message>
    <message>
        <source>Show the jobs</source>
        <translation>显示任务</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>偏好设置</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Open the folder of the log</source>
        <translation>打开日志文件夹</translation>
    </message>
    <message>
        <source>About GenStudio</source>
        <translation>关于 GenStudio</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Go to {place}</source>
        <translation>转到“{place}”</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>没有可撤销的操作。</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>没有可重做的操作。</translation>
    </message>
    <message>
        <source>{sentence} The same holds for others: {count}.</source>
        <translation>{sentence} 另有 {count} 个同样如此。</translation>
    </message>
    <message>
        <source>The first two of {count} pieces are the ends now.</source>
        <translation>共 {count} 个作品，前两个已设为两端。</translation>
    </message>
    <message>
        <source>Open songs or sentences</source>
        <translation>打开曲子或文本</translation>
    </message>
    <message>
        <source>Open a folder of songs or sentences</source>
        <translation>打开曲子或文本的文件夹</translation>
    </message>
    <message>
        <source>{model} is ready.</source>
        <translation>{model} 已就绪。</translation>
    </message>
    <message>
        <source>{title}: done.</source>
        <translation>{title}：已完成。</translation>
    </message>
    <message>
        <source>{title}: stopped.</source>
        <translation>{title}：已停止。</translation>
    </message>
    <message>
        <source>command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>place</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>song</source>
        <translation>曲子</translation>
    </message>
    <message>
        <source>in the library</source>
        <translation>曲库</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>全局</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Leave while work is running?</source>
        <translation>任务仍在运行，要退出吗？</translation>
    </message>
    <message>
        <source>This would be stopped: {names}.</source>
        <translation>以下任务将被停止：{names}。</translation>
    </message>
</context>
<context>
    <name>_ModelRow</name>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Use the model {name}</source>
        <translation>使用模型 {name}</translation>
    </message>
    <message>
        <source>This model is loaded.</source>
        <translation>此模型已加载。</translation>
    </message>
    <message>
        <source>This model is damaged.</source>
        <translation>此模型已损坏。</translation>
    </message>
    <message>
        <source>Short sentences</source>
        <translation>短句</translation>
    </message>
    <message>
        <source>Melodies of up to {bars} bars</source>
        <translation>最多 {bars} 小节的旋律</translation>
    </message>
</context>
<context>
    <name>_Plot</name>
    <message>
        <source>held out {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>training {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} of {dims}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open {title}</source>
        <translation>打开 {title}</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop {title}</source>
        <translation>停止 {title}</translation>
    </message>
    <message>
        <source>It ends at its next safe point.</source>
        <translation>将在下一个安全点结束。</translation>
    </message>
    <message>
        <source>Progress of {title}</source>
        <translation>{title} 的进度</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>已完成。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
</context>
</TS>
