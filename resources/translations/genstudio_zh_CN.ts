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
        <translation>把两首歌曲或两句话放在一条线的两端，听听它们之间有什么。</translation>
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
    <name>AttributeMaker</name>
    <message>
        <source>Learn what can be shaped</source>
        <translation>学习可以塑造什么</translation>
    </message>
    <message>
        <source>{model} is learning what can be shaped</source>
        <translation>{model} 正在学习可以塑造什么</translation>
    </message>
    <message>
        <source>You can go on elsewhere; the tray shows how far it is.</source>
        <translation>您可以继续做别的事；托盘会显示进度。</translation>
    </message>
    <message>
        <source>{model} has not learned yet what can be shaped</source>
        <translation>{model} 还没有学过可以塑造什么</translation>
    </message>
    <message>
        <source>From a corpus it learns in which direction pieces get more or fewer notes, higher or lower, longer or shorter. The corpus that it was trained on is the best; the model stays as it is.</source>
        <translation>模型从语料库中学习往哪个方向作品的音符更多或更少、更高或更低、更长或更短。最好用训练它的那个语料库；模型本身不变。</translation>
    </message>
    <message>
        <source>What {model} can shape</source>
        <translation>{model} 可以塑造什么</translation>
    </message>
</context>
<context>
    <name>CardText</name>
    <message>
        <source>Data, licence and limits of {name}</source>
        <translation>{name} 的数据、许可和局限</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the card</source>
        <translation>复制模型卡</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Chooser</name>
    <message>
        <source>Choose a piece</source>
        <translation>选择作品</translation>
    </message>
    <message>
        <source>This file holds {count} pieces.</source>
        <translation>此文件包含 {count} 个作品。</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search the titles</source>
        <translation>搜索标题</translation>
    </message>
    <message>
        <source>Pieces</source>
        <translation>作品</translation>
    </message>
    <message>
        <source>untitled</source>
        <translation>无标题</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>没有找到。</translation>
    </message>
</context>
<context>
    <name>CommandJob</name>
    <message>
        <source>It ended unexpectedly; nothing was changed. Try it once more.</source>
        <translation>意外终止；没有任何更改。请再试一次。</translation>
    </message>
</context>
<context>
    <name>Commands</name>
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
        <source>New project</source>
        <translation>新建项目</translation>
    </message>
    <message>
        <source>Open a project …</source>
        <translation>打开项目…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save as …</source>
        <translation>另存为…</translation>
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
        <source>Show the work</source>
        <translation>显示工作</translation>
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
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>新功能</translation>
    </message>
    <message>
        <source>Take the tour</source>
        <translation>看看导览</translation>
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
</context>
<context>
    <name>Corpora</name>
    <message>
        <source>{count} bars</source>
        <translation>{count} 小节</translation>
    </message>
    <message>
        <source>{count} phrases</source>
        <translation>{count} 个片段</translation>
    </message>
</context>
<context>
    <name>CorpusChoice</name>
    <message>
        <source>Corpus</source>
        <translation>语料库</translation>
    </message>
</context>
<context>
    <name>CorpusDetails</name>
    <message>
        <source>Enter makes it an end of the next interpolation.</source>
        <translation>按回车键可设为下一次插值的端点。</translation>
    </message>
    <message>
        <source>Space plays it. {more}</source>
        <translation>按空格键播放。{more}</translation>
    </message>
    <message>
        <source>What became of the pieces</source>
        <translation>作品的处理结果</translation>
    </message>
    <message>
        <source>taken</source>
        <translation>已采用</translation>
    </message>
    <message>
        <source>there twice</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>无法使用</translation>
    </message>
    <message>
        <source>Phrases</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>to train on</source>
        <translation>用于训练</translation>
    </message>
    <message>
        <source>held out while training</source>
        <translation>训练时留出</translation>
    </message>
    <message>
        <source>held out to the end</source>
        <translation>留到最后</translation>
    </message>
    <message>
        <source>left out, there twice</source>
        <translation>重复，已排除</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Metre</source>
        <translation>拍号</translation>
    </message>
    <message>
        <source>Keynote</source>
        <translation>主音</translation>
    </message>
    <message>
        <source>bars</source>
        <translation>小节</translation>
    </message>
    <message>
        <source>words</source>
        <translation>词</translation>
    </message>
    <message>
        <source>The plots are of {count} phrases, drawn at random.</source>
        <translation>图表取自随机抽取的 {count} 个片段。</translation>
    </message>
    <message>
        <source>Phrases ({count})</source>
        <translation>片段 ({count})</translation>
    </message>
    <message>
        <source>Left out ({count})</source>
        <translation>已排除 ({count})</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>held out</source>
        <translation>留出</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Choose a phrase first.</source>
        <translation>请先选择一个片段。</translation>
    </message>
    <message>
        <source>of another kind</source>
        <translation>其他类型</translation>
    </message>
    <message>
        <source>remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Train on it</source>
        <translation>用它训练</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Remove the corpus</source>
        <translation>移除语料库</translation>
    </message>
    <message>
        <source>Looking through it …</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>Parts of the corpus</source>
        <translation>语料库的各部分</translation>
    </message>
    <message>
        <source>Phrase</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>Used for</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Find a phrase</source>
        <translation>查找片段</translation>
    </message>
    <message>
        <source>Phrases of the corpus</source>
        <translation>语料库中的片段</translation>
    </message>
    <message>
        <source>What</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Find a file or a reason</source>
        <translation>查找文件或原因</translation>
    </message>
    <message>
        <source>What was left out, and why</source>
        <translation>已排除的内容及原因</translation>
    </message>
</context>
<context>
    <name>CorpusJob</name>
    <message>
        <source>Another corpus…</source>
        <translation>其他语料库…</translation>
    </message>
    <message>
        <source>Build a corpus</source>
        <translation>构建语料库</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Choose a corpus first.</source>
        <translation>请先选择语料库。</translation>
    </message>
    <message>
        <source>{name} ({count} pieces)</source>
        <translation>{name}（{count} 个作品）</translation>
    </message>
    <message>
        <source>Choose the folder of a corpus</source>
        <translation>选择语料库文件夹</translation>
    </message>
</context>
<context>
    <name>CorpusPage</name>
    <message>
        <source>Corpus</source>
        <translation>语料库</translation>
    </message>
    <message>
        <source>Import of {name}</source>
        <translation>导入 {name}</translation>
    </message>
    <message>
        <source>The corpus {name} is deleted; the files that it was made of stay.</source>
        <translation>将删除语料库 {name}；用来建立它的原始文件会保留。</translation>
    </message>
    <message>
        <source>The corpus {name} is taken from the list; its folder stays.</source>
        <translation>语料库 {name} 将从列表中移除；其文件夹会保留。</translation>
    </message>
    <message>
        <source>Remove the corpus?</source>
        <translation>移除此语料库？</translation>
    </message>
    <message>
        <source>Corpora</source>
        <translation>语料库</translation>
    </message>
    <message>
        <source>There is none yet. Build one from your own songs or texts, or from what comes along.</source>
        <translation>还没有语料库。可用自己的歌曲或文本建立，也可用随附的作品建立。</translation>
    </message>
    <message>
        <source>New corpus</source>
        <translation>新建语料库</translation>
    </message>
</context>
<context>
    <name>CreatePage</name>
    <message>
        <source>Create</source>
        <translation>创作</translation>
    </message>
    <message>
        <source>Swap A and B</source>
        <translation>交换 A 和 B</translation>
    </message>
    <message>
        <source>Make</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Stop what is being made</source>
        <translation>停止生成</translation>
    </message>
    <message>
        <source>Others in their place</source>
        <translation>换一批</translation>
    </message>
    <message>
        <source>Paste as an end</source>
        <translation>粘贴为端点</translation>
    </message>
</context>
<context>
    <name>CurveDialog</name>
    <message>
        <source>“{text}” is no number; type one such as 12.5, or nothing for a gap.</source>
        <translation>“{text}”不是数字；请输入数字，如 12.5；留空表示空缺。</translation>
    </message>
    <message>
        <source>A series has at least {count} values.</source>
        <translation>一个序列至少要有 {count} 个数值。</translation>
    </message>
    <message>
        <source>A forecast has no gaps; draw its steps, or take the last ones off.</source>
        <translation>预测中不能有空缺；请画出这些步，或去掉最后几步。</translation>
    </message>
    <message>
        <source>Nothing is changed yet.</source>
        <translation>还没有改动。</translation>
    </message>
    <message>
        <source>The forecast followed from other values and is left out; forecast the edited series again.</source>
        <translation>预测是根据原来的数值作出的，因此将被去掉；请对编辑后的序列重新预测。</translation>
    </message>
    <message>
        <source>The forecast is now written by hand: the bands that said how sure it was are left out.</source>
        <translation>预测现在是手写的：表示其把握程度的区间将被去掉。</translation>
    </message>
    <message>
        <source>The scores were those of other values and are left out; score the edited series again.</source>
        <translation>评分是原来数值的评分，因此将被去掉；请对编辑后的序列重新评分。</translation>
    </message>
    <message>
        <source>Drawn by hand</source>
        <translation>手绘曲线</translation>
    </message>
    <message>
        <source>{title}, edited</source>
        <translation>{title}（已编辑）</translation>
    </message>
    <message>
        <source>Draw a time series</source>
        <translation>绘制时间序列</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Draw every value nearer to its neighbours</source>
        <translation>让每个数值向相邻的数值靠近</translation>
    </message>
    <message>
        <source>Make a gap</source>
        <translation>留空</translation>
    </message>
    <message>
        <source>Take out the value of the step at hand (Delete)</source>
        <translation>去掉当前这一步的数值（Delete）</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Season</source>
        <translation>周期</translation>
    </message>
    <message>
        <source>{count} steps</source>
        <translation>{count} 步</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Curve to draw</source>
        <translation>可绘制的曲线</translation>
    </message>
    <message>
        <source>Drag to draw the curve; with the right button you make gaps. Or with the keyboard: left and right choose a step, up and down move its value, with Shift further, Delete makes a gap.</source>
        <translation>拖动来绘制曲线；用右键留出空缺。也可以用键盘：左右键选一步，上下键改变它的数值，按住 Shift 改变更多，Delete 留空。</translation>
    </message>
</context>
<context>
    <name>Curves</name>
    <message>
        <source>{value} of {dims}</source>
        <translation>{value} / {dims}</translation>
    </message>
    <message>
        <source>−ELBO</source>
        <translation>−ELBO</translation>
    </message>
    <message>
        <source>What the training lowers: reconstruction and KL together, in nats a piece.</source>
        <translation>训练要降低的量：重构与 KL 散度之和，以每个作品的 nat 数计。</translation>
    </message>
    <message>
        <source>Reconstruction</source>
        <translation>重构</translation>
    </message>
    <message>
        <source>How surprised the decoder is by the pieces, in nats a piece.</source>
        <translation>作品让解码器感到意外的程度，以每个作品的 nat 数计。</translation>
    </message>
    <message>
        <source>KL</source>
        <translation>KL 散度</translation>
    </message>
    <message>
        <source>How much of each piece passes through the latent space, in nats.</source>
        <translation>每个作品有多少信息经过潜在空间，以 nat 计。</translation>
    </message>
    <message>
        <source>Active units</source>
        <translation>活跃维度</translation>
    </message>
    <message>
        <source>Dimensions of the latent space that differ from piece to piece.</source>
        <translation>潜在空间中随作品而变化的维度。</translation>
    </message>
    <message>
        <source>held out</source>
        <translation>留出</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>Open a project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>Save the project as</source>
        <translation>项目另存为</translation>
    </message>
    <message>
        <source>There is a file {name} already. Shall it be replaced?</source>
        <translation>已有文件 {name}。要替换它吗？</translation>
    </message>
    <message>
        <source>Replace the file?</source>
        <translation>替换文件？</translation>
    </message>
    <message>
        <source>Save the project?</source>
        <translation>保存项目？</translation>
    </message>
    <message>
        <source>“{name}” has changes that are not saved.</source>
        <translation>“{name}”有未保存的更改。</translation>
    </message>
    <message>
        <source>If you do not save them, they are lost.</source>
        <translation>如果不保存，这些更改将丢失。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Don&apos;t save</source>
        <translation>不保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Projects ({suffix})</source>
        <translation>项目 ({suffix})</translation>
    </message>
</context>
<context>
    <name>Destination</name>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Find new names</source>
        <translation>自动另取新名</translation>
    </message>
    <message>
        <source>Replace the files</source>
        <translation>替换文件</translation>
    </message>
    <message>
        <source>What to do with files of the same names</source>
        <translation>同名文件的处理方式</translation>
    </message>
    <message>
        <source>The titles of the pieces</source>
        <translation>使用作品标题</translation>
    </message>
    <message>
        <source>Files that will be written</source>
        <translation>将写入的文件</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Insert…</source>
        <translation>插入…</translation>
    </message>
    <message>
        <source>Insert into the name</source>
        <translation>插入到名称中</translation>
    </message>
    <message>
        <source>{name} is there already.</source>
        <translation>{name} 已存在。</translation>
    </message>
    <message>
        <source>{count} of these files are there already.</source>
        <translation>其中 {count} 个文件已存在。</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>What it was made of</source>
        <translation>来源作品</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
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
    <name>Dialogs</name>
    <message>
        <source>Everywhere</source>
        <translation>全局</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>播放或暂停</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
</context>
<context>
    <name>Doors</name>
    <message>
        <source>Example, {many}</source>
        <translation>示例，{many}</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
    <message>
        <source>Example projects</source>
        <translation>示例项目</translation>
    </message>
    <message>
        <source>Open the project {name}</source>
        <translation>打开项目 {name}</translation>
    </message>
    <message>
        <source>Two {many} and what lies between</source>
        <translation>两个{many}，以及它们之间的内容</translation>
    </message>
    <message>
        <source>Open the example of {many}</source>
        <translation>打开{many}示例</translation>
    </message>
</context>
<context>
    <name>DraftRoll</name>
    <message>
        <source>Nothing is selected.</source>
        <translation>未选中任何音符。</translation>
    </message>
</context>
<context>
    <name>DropSheet</name>
    <message>
        <source>Drop songs, sentences, a model, or a folder to make a corpus of</source>
        <translation>把歌曲、文本、模型或用来建语料库的文件夹拖放到这里</translation>
    </message>
</context>
<context>
    <name>Drums</name>
    <message>
        <source>Kick</source>
        <translation>底鼓</translation>
    </message>
    <message>
        <source>Snare</source>
        <translation>军鼓</translation>
    </message>
    <message>
        <source>Closed hat</source>
        <translation>闭合踩镲</translation>
    </message>
    <message>
        <source>Open hat</source>
        <translation>开放踩镲</translation>
    </message>
    <message>
        <source>Low tom</source>
        <translation>低音通鼓</translation>
    </message>
    <message>
        <source>Mid tom</source>
        <translation>中音通鼓</translation>
    </message>
    <message>
        <source>High tom</source>
        <translation>高音通鼓</translation>
    </message>
    <message>
        <source>Ride</source>
        <translation>叮叮镲</translation>
    </message>
    <message>
        <source>Crash</source>
        <translation>强音镲</translation>
    </message>
    <message>
        <source>ghost note</source>
        <translation>鬼音</translation>
    </message>
    <message>
        <source>soft</source>
        <translation>弱</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>中</translation>
    </message>
    <message>
        <source>loud</source>
        <translation>强</translation>
    </message>
    <message>
        <source>{time} ms late</source>
        <translation>晚 {time} 毫秒</translation>
    </message>
    <message>
        <source>{time} ms early</source>
        <translation>早 {time} 毫秒</translation>
    </message>
    <message>
        <source>All hits are on the grid.</source>
        <translation>所有敲击都在网格上。</translation>
    </message>
    <message>
        <source>1 hit is a little early or late.</source>
        <translation>有 1 次敲击略早或略晚。</translation>
    </message>
    <message>
        <source>{count} hits are a little early or late.</source>
        <translation>有 {count} 次敲击略早或略晚。</translation>
    </message>
    <message>
        <source>Hits: {struck}.</source>
        <translation>敲击：{struck}。</translation>
    </message>
</context>
<context>
    <name>EditDialog</name>
    <message>
        <source>{title}, edited</source>
        <translation>{title}（已编辑）</translation>
    </message>
    <message>
        <source>Edit {title}</source>
        <translation>编辑 {title}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
</context>
<context>
    <name>EndsBar</name>
    <message>
        <source>Take the bars of which most is kept</source>
        <translation>取保留最多的小节</translation>
    </message>
    <message>
        <source>Choose other bars …</source>
        <translation>选择其他小节……</translation>
    </message>
    <message>
        <source>Put the rhythm on sixteenths</source>
        <translation>把节奏对齐到十六分音符</translation>
    </message>
    <message>
        <source>Read the file again …</source>
        <translation>重新读取文件……</translation>
    </message>
    <message>
        <source>Use the model {name}</source>
        <translation>使用模型 {name}</translation>
    </message>
    <message>
        <source>Take another piece …</source>
        <translation>换一个作品……</translation>
    </message>
    <message>
        <source>Place between A and B</source>
        <translation>A 与 B 之间的位置</translation>
    </message>
    <message>
        <source>Drag, or use the arrow keys; with Shift in small steps</source>
        <translation>拖动或使用方向键；按住 Shift 可微调</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>a whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>there is no preset {name!r}; {hint}</source>
        <translation>没有预设 {name!r}；{hint}</translation>
    </message>
    <message>
        <source>{name} is {value!r}; expected settings by name.</source>
        <translation>{name} 为 {value!r}；应为按名称给出的设置。</translation>
    </message>
    <message>
        <source>{name} is {value}; expected {kind} {within} {low} to {high}.</source>
        <translation>{name} 为 {value}；应为{kind}，{within} {low} 到 {high}。</translation>
    </message>
    <message>
        <source>core_options is not an object; expected the options of the core by name.</source>
        <translation>core_options 不是对象；应为按名称给出的核心选项。</translation>
    </message>
    <message>
        <source>there is no setting {name!r}; {hint}</source>
        <translation>没有设置 {name!r}；{hint}</translation>
    </message>
    <message>
        <source>the bars are {first} to {last}; expected the first and the last, counted from 1, such as 9 to 16.</source>
        <translation>小节为 {first} 到 {last}；应为第一个和最后一个小节，从 1 数起，例如 9 到 16。</translation>
    </message>
    <message>
        <source>hold is {value!r}; expected names of the parts to keep, such as key.</source>
        <translation>hold 为 {value!r}；应为要保持的内容的名称，例如 key。</translation>
    </message>
    <message>
        <source>read is {value!r}; expected settings of a reader by name.</source>
        <translation>read 为 {value!r}；应为按名称给出的读取设置。</translation>
    </message>
    <message>
        <source>there is no setting {prefix}{name!r}; {hint}</source>
        <translation>没有设置 {prefix}{name!r}；{hint}</translation>
    </message>
    <message>
        <source>{name} is {value!r}; expected true or false.</source>
        <translation>{name} 为 {value!r}；应为 true 或 false。</translation>
    </message>
    <message>
        <source>{name} is {value!r}; {hint}</source>
        <translation>{name} 为 {value!r}；{hint}</translation>
    </message>
    <message>
        <source>{name} is {value!r}; expected {kind}.</source>
        <translation>{name} 为 {value!r}；应为{kind}。</translation>
    </message>
    <message>
        <source>cannot understand the setting {text!r}; expected name=value, for example kl.weight=0.5.</source>
        <translation>无法理解设置 {text!r}；应为 name=value，例如 kl.weight=0.5。</translation>
    </message>
    <message>
        <source>bars is {bars!r}; expected the first and the last bar, such as (9, 16).</source>
        <translation>bars 为 {bars!r}；应为第一个和最后一个小节，例如 (9, 16)。</translation>
    </message>
    <message>
        <source>there is no core {value!r}; {hint}</source>
        <translation>没有核心 {value!r}；{hint}</translation>
    </message>
    <message>
        <source>no file there has a suffix that can be read ({known}); the folder holds {held}</source>
        <translation>那里没有后缀可读的文件（{known}）；文件夹中有 {held}</translation>
    </message>
    <message>
        <source>shortest ({shortest}) must not be more than length ({length}).</source>
        <translation>shortest（{shortest}）不能大于 length（{length}）。</translation>
    </message>
    <message>
        <source>{out} is a file; choose a folder for the corpus.</source>
        <translation>{out} 是文件；请为语料库选择一个文件夹。</translation>
    </message>
    <message>
        <source>{out} holds something that is not a corpus; choose a new folder.</source>
        <translation>{out} 中有不是语料库的内容；请选择新的文件夹。</translation>
    </message>
    <message>
        <source>the tokenizer in {tokenizer} is for {domain}, not for {domain_2}.</source>
        <translation>{tokenizer} 中的分词器用于 {domain}，而不是 {domain_2}。</translation>
    </message>
    <message>
        <source>the tokenizer in {tokenizer} is of another version of {domain}; learn a new one.</source>
        <translation>{tokenizer} 中的分词器属于 {domain} 的另一个版本；请学习新的。</translation>
    </message>
    <message>
        <source>no file there has a suffix that can be read ({known})</source>
        <translation>那里没有后缀可读的文件（{known}）</translation>
    </message>
    <message>
        <source>Looking for duplicates</source>
        <translation>正在查找重复</translation>
    </message>
    <message>
        <source>{count} pieces</source>
        <translation>{count} 个作品</translation>
    </message>
    <message>
        <source>too few different pieces to hold any out: everything is trained on</source>
        <translation>不同的作品太少，无法留出；全部用于训练</translation>
    </message>
    <message>
        <source>Writing {out}</source>
        <translation>正在写入 {out}</translation>
    </message>
    <message>
        <source>{train} phrases to train on</source>
        <translation>{train} 个乐句用于训练</translation>
    </message>
    <message>
        <source>cannot write {out}: {reason}; choose another place.</source>
        <translation>无法写入 {out}：{reason}；请选择其他位置。</translation>
    </message>
    <message>
        <source>cannot write {out}: {reason}; free some space or choose another place.</source>
        <translation>无法写入 {out}：{reason}；请释放一些空间，或选择其他位置。</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>正在编码</translation>
    </message>
    <message>
        <source>{files}: {remark}</source>
        <translation>{files}：{remark}</translation>
    </message>
    <message>
        <source>{remark} ({count} files)</source>
        <translation>{remark}（{count} 个文件）</translation>
    </message>
    <message>
        <source>{files}: {remark} (and so in {count} more files)</source>
        <translation>{files}：{remark}（另有 {count} 个文件也是如此）</translation>
    </message>
    <message>
        <source>files cannot be read: {failed}.</source>
        <translation>无法读取文件：{failed}。</translation>
    </message>
    <message>
        <source>there is no file or folder {source}; check its name.</source>
        <translation>没有文件或文件夹 {source}；请检查名称。</translation>
    </message>
    <message>
        <source>this folder cannot be looked into ({reason})</source>
        <translation>无法查看此文件夹（{reason}）</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>a link to another folder, which is not followed</source>
        <translation>指向另一个文件夹的链接，不会跟随</translation>
    </message>
    <message>
        <source>{path} does not say how the corpus was built; build it again.</source>
        <translation>{path} 没有说明语料库是如何构建的；请重新构建。</translation>
    </message>
    <message>
        <source>the corpus in {path} was written by a newer version; update this program.</source>
        <translation>{path} 中的语料库由更新的版本写成；请更新本程序。</translation>
    </message>
    <message>
        <source>{why}; build the corpus again.</source>
        <translation>{why}；请重新构建语料库。</translation>
    </message>
    <message>
        <source>cannot write into {folder}: {reason}; free some space.</source>
        <translation>无法写入 {folder}：{reason}；请释放一些空间。</translation>
    </message>
    <message>
        <source>the tokenizer in {path} is not the one that the corpus was built with; build it again.</source>
        <translation>{path} 中的分词器不是构建该语料库时所用的；请重新构建。</translation>
    </message>
    <message>
        <source>there is no split {name!r}; {hint}</source>
        <translation>没有划分 {name!r}；{hint}</translation>
    </message>
    <message>
        <source>the corpus in {path} cannot be used: {why}.</source>
        <translation>无法使用 {path} 中的语料库：{why}。</translation>
    </message>
    <message>
        <source>the corpus in {path} is damaged: it has {count} {what}, and says {said}; build it again.</source>
        <translation>{path} 中的语料库已损坏：有 {count} 个{what}，而记录为 {said}；请重新构建。</translation>
    </message>
    <message>
        <source>a {name} is no piece; expected one of: {known}.</source>
        <translation>{name} 不是作品；应为以下之一：{known}。</translation>
    </message>
    <message>
        <source>there is no domain {name!r}; {hint}</source>
        <translation>没有领域 {name!r}；{hint}</translation>
    </message>
    <message>
        <source>no tunes: an ABC tune begins with a line &apos;X:1&apos; and has a line &apos;K:&apos;</source>
        <translation>没有曲子：ABC 曲子以“X:1”行开始，并有“K:”行</translation>
    </message>
    <message>
        <source>{reason}</source>
        <translation>{reason}</translation>
    </message>
    <message>
        <source>the tune has more than {most:,} characters</source>
        <translation>曲子超过 {most:,} 个字符</translation>
    </message>
    <message>
        <source>the tune has no key (a line &apos;K:&apos;)</source>
        <translation>曲子没有调（“K:”行）</translation>
    </message>
    <message>
        <source>no notes</source>
        <translation>没有音符</translation>
    </message>
    <message>
        <source>the tune has more than {most:,} bars</source>
        <translation>曲子超过 {most:,} 小节</translation>
    </message>
    <message>
        <source>{max_tunes:,} tunes</source>
        <translation>{max_tunes:,} 首曲子</translation>
    </message>
    <message>
        <source>there is no voice {voice!r}; it has one voice</source>
        <translation>没有声部 {voice!r}；它只有一个声部</translation>
    </message>
    <message>
        <source>the file has more than {limit}: the rest was not read</source>
        <translation>文件超过 {limit}：其余没有读取</translation>
    </message>
    <message>
        <source>the metre {metre!r} is not understood</source>
        <translation>无法理解拍号 {metre!r}</translation>
    </message>
    <message>
        <source>there is no voice {voice!r}; its voices are {voices}</source>
        <translation>没有声部 {voice!r}；声部有 {voices}</translation>
    </message>
    <message>
        <source>{metre!r} is no metre that can be read; expected one such as 3/4, 1 to 16 over 2, 4, 8 or 16.</source>
        <translation>{metre!r} 不是可以读取的拍号；应为例如 3/4，1 到 16，以 2、4、8 或 16 为单位。</translation>
    </message>
    <message>
        <source>{key!r} is no key; expected one such as G major, D minor or A dorian.</source>
        <translation>{key!r} 不是调；应为例如 G major、D minor 或 A dorian。</translation>
    </message>
    <message>
        <source>{path}: it is not text in an encoding that can be recognised; save it as UTF-8.</source>
        <translation>{path}：不是可识别编码的文本；请存为 UTF-8。</translation>
    </message>
    <message>
        <source>line {lines}</source>
        <translation>第 {lines} 行</translation>
    </message>
    <message>
        <source>lines {lines}</source>
        <translation>第 {lines} 行</translation>
    </message>
    <message>
        <source>read as {encoding}</source>
        <translation>按 {encoding} 读取</translation>
    </message>
    <message>
        <source>bytes that are not {encoding} were replaced by {replaced} in {where}</source>
        <translation>{where} 中不属于 {encoding} 的字节已用 {replaced} 代替</translation>
    </message>
    <message>
        <source>{zeros} zero byte left out</source>
        <translation>舍去了 {zeros} 个零字节</translation>
    </message>
    <message>
        <source>{zeros} zero bytes left out</source>
        <translation>舍去了 {zeros} 个零字节</translation>
    </message>
    <message>
        <source>it is empty: it has 0 bytes</source>
        <translation>文件为空：0 字节</translation>
    </message>
    <message>
        <source>cannot be read ({reason})</source>
        <translation>无法读取（{reason}）</translation>
    </message>
    <message>
        <source>it is a folder, and a file was expected</source>
        <translation>这是文件夹，应为文件</translation>
    </message>
    <message>
        <source>it is not an ordinary file</source>
        <translation>这不是普通文件</translation>
    </message>
    <message>
        <source>it is larger than {limit} MB, which no song is</source>
        <translation>大于 {limit} MB，没有歌曲这么大</translation>
    </message>
    <message>
        <source>there is no track {text!r}; {hint}</source>
        <translation>没有音轨 {text!r}；{hint}</translation>
    </message>
    <message>
        <source>no melody: its only track is drums</source>
        <translation>没有旋律：唯一的音轨是鼓</translation>
    </message>
    <message>
        <source>no melody: all its tracks are drums</source>
        <translation>没有旋律：所有音轨都是鼓</translation>
    </message>
    <message>
        <source>there is no track {number}; it has {count} with notes, counted from 1</source>
        <translation>没有音轨 {number}；有音符的音轨有 {count} 条，从 1 数起</translation>
    </message>
    <message>
        <source>there is no track {text!r}: its tracks have no names; choose by number, 1 to {count}</source>
        <translation>没有音轨 {text!r}：音轨没有名称；请按编号 1 到 {count} 选择</translation>
    </message>
    <message>
        <source>no melody: {crowded} of the track&apos;s {count} notes sound at once with others</source>
        <translation>没有旋律：该音轨 {count} 个音符中有 {crowded} 个与其他音符同时发声</translation>
    </message>
    <message>
        <source>{path}: {what} are written as .mid or .midi files; choose one of these suffixes.</source>
        <translation>{path}：{what}写成 .mid 或 .midi 文件；请选择其中一种后缀。</translation>
    </message>
    <message>
        <source>track {number} {name!r}</source>
        <translation>音轨 {number} {name!r}</translation>
    </message>
    <message>
        <source>track {number}</source>
        <translation>音轨 {number}</translation>
    </message>
    <message>
        <source>{track} of {count} was taken as the melody</source>
        <translation>取 {count} 条音轨中的{track}作为旋律</translation>
    </message>
    <message>
        <source>{track} of {count} was taken, as asked</source>
        <translation>按要求取 {count} 条音轨中的{track}</translation>
    </message>
    <message>
        <source>{crowded} of {count} notes sounded with a higher one and were left out: a melody has one voice</source>
        <translation>{count} 个音符中有 {crowded} 个与更高的音同时发声，已舍去：旋律只有一个声部</translation>
    </message>
    <message>
        <source>it states no metre: 4/4 was assumed</source>
        <translation>没有写拍号：假定为 4/4</translation>
    </message>
    <message>
        <source>it has more than {most:,} notes, repeats played out</source>
        <translation>按反复展开后超过 {most:,} 个音符</translation>
    </message>
    <message>
        <source>not a score: it has no parts</source>
        <translation>不是乐谱：没有声部</translation>
    </message>
    <message>
        <source>1 bar did not fill the metre and got silence or a metre of its own</source>
        <translation>1 个小节没有填满拍号，补了休止或采用自己的拍号</translation>
    </message>
    <message>
        <source>a part has more than {most:,} bars</source>
        <translation>有声部超过 {most:,} 小节</translation>
    </message>
    <message>
        <source>its parts have more than {most:,} bars together</source>
        <translation>各声部合计超过 {most:,} 小节</translation>
    </message>
    <message>
        <source>it has more than {most} parts</source>
        <translation>超过 {most} 个声部</translation>
    </message>
    <message>
        <source>part {number} {name!r}</source>
        <translation>声部 {number} {name!r}</translation>
    </message>
    <message>
        <source>part {number}</source>
        <translation>声部 {number}</translation>
    </message>
    <message>
        <source>{track} has no notes of a pitch</source>
        <translation>{track} 没有有音高的音符</translation>
    </message>
    <message>
        <source>damaged: it gives less than 1 division a quarter</source>
        <translation>已损坏：每个四分音符少于 1 个单位</translation>
    </message>
    <message>
        <source>it has a jump ({name}), which is not played</source>
        <translation>有跳转（{name}），没有演奏</translation>
    </message>
    <message>
        <source>it states no supported metre: bars are as long as they are written</source>
        <translation>没有写旋律可用的拍号：小节按书写的长度</translation>
    </message>
    <message>
        <source>in places it states no supported metre: there bars are as long as they are written</source>
        <translation>有些地方没有写旋律可用的拍号：那里的小节按书写的长度</translation>
    </message>
    <message>
        <source>{count} bars did not fill the metre and got silence or a metre of their own</source>
        <translation>{count} 个小节没有填满拍号，补了休止或采用自己的拍号</translation>
    </message>
    <message>
        <source>there is no corpus in {folder}.</source>
        <translation>{folder} 中没有语料库。</translation>
    </message>
    <message>
        <source>a length is a number of {count} digits, which no note or rest has</source>
        <translation>有一个长度是 {count} 位数，没有音符或休止有这么长</translation>
    </message>
    <message>
        <source>it has no metre: {metre} was taken, from the length of its bars</source>
        <translation>没有拍号：根据小节长度取 {metre}</translation>
    </message>
    <message>
        <source>the order of its parts has more than {most} parts</source>
        <translation>各部分的顺序超过 {most} 个部分</translation>
    </message>
    <message>
        <source>its XML was damaged and could be mended ({reason})</source>
        <translation>XML 已损坏，但可以修复（{reason}）</translation>
    </message>
    <message>
        <source>there is no part {text}; it has {count}, counted from 1</source>
        <translation>没有声部 {text}；共有 {count} 个，从 1 数起</translation>
    </message>
    <message>
        <source>there is no part {text!r}; {hint}</source>
        <translation>没有声部 {text!r}；{hint}</translation>
    </message>
    <message>
        <source>damaged: it is not well-formed XML ({reason})</source>
        <translation>已损坏：XML 格式不正确（{reason}）</translation>
    </message>
    <message>
        <source>it has a bar of more than {most:,} quarters</source>
        <translation>有一个小节超过 {most:,} 个四分音符</translation>
    </message>
    <message>
        <source>{path}: it needs more memory than there is; it may be damaged.</source>
        <translation>{path}：需要的内存超过可用内存；它可能已损坏。</translation>
    </message>
    <message>
        <source>{path}: it cannot be read ({reason}).</source>
        <translation>{path}：无法读取（{reason}）。</translation>
    </message>
    <message>
        <source>{path}: the reader failed on it ({reason}); this is a fault of the program, and its log has the details.</source>
        <translation>{path}：读取器失败（{reason}）；这是程序的错误，详情见日志。</translation>
    </message>
    <message>
        <source>not a MIDI file: it begins with {shown}, and MIDI begins with &apos;MThd&apos;</source>
        <translation>不是 MIDI 文件：以 {shown} 开头，而 MIDI 以“MThd”开头</translation>
    </message>
    <message>
        <source>damaged: the header ends at byte {origin}, and needs 14</source>
        <translation>已损坏：文件头在第 {origin} 字节结束，而需要 14 字节</translation>
    </message>
    <message>
        <source>damaged: the header says that it is {header} bytes long</source>
        <translation>已损坏：文件头称其长度为 {header} 字节</translation>
    </message>
    <message>
        <source>damaged: the header gives format {kind}, and there are formats 0, 1 and 2</source>
        <translation>已损坏：文件头给出格式 {kind}，而只有格式 0、1 和 2</translation>
    </message>
    <message>
        <source>damaged: {reason}</source>
        <translation>已损坏：{reason}</translation>
    </message>
    <message>
        <source>damaged: it is a RIFF file without MIDI data in it</source>
        <translation>已损坏：这是没有 MIDI 数据的 RIFF 文件</translation>
    </message>
    <message>
        <source>damaged: the header gives the division {division:#06x}, which is no time code</source>
        <translation>已损坏：文件头给出的时间划分 {division:#06x} 不是时间码</translation>
    </message>
    <message>
        <source>it is timed in film frames, not in beats: 120 quarters a minute were assumed</source>
        <translation>按影片帧而不是拍计时：假定每分钟 120 个四分音符</translation>
    </message>
    <message>
        <source>damaged: the header gives 0 ticks a quarter</source>
        <translation>已损坏：文件头给出每个四分音符 0 个 tick</translation>
    </message>
    <message>
        <source>it has more than {max_notes:,} notes, which no song has</source>
        <translation>超过 {max_notes:,} 个音符，没有歌曲这么多</translation>
    </message>
    <message>
        <source>the file ends with its header: it has no tracks</source>
        <translation>文件在文件头处结束：没有音轨</translation>
    </message>
    <message>
        <source>it is damaged ({reason}); what comes before the damage was read</source>
        <translation>已损坏（{reason}）；读取了损坏之前的内容</translation>
    </message>
    <message>
        <source>a tempo of {bpm:g} quarters a minute was left out (expected {slowest:g} to {fastest:g})</source>
        <translation>舍去了每分钟 {bpm:g} 个四分音符的速度（应为 {slowest:g} 到 {fastest:g}）</translation>
    </message>
    <message>
        <source>track {number} should be {size} bytes long, but the file ends after {count} of them</source>
        <translation>音轨 {number} 应有 {size} 字节，但文件在 {count} 字节后结束</translation>
    </message>
    <message>
        <source>a metre of {value} over 2 to the power of {value_2} was left out</source>
        <translation>舍去了拍号 {value} 比 2 的 {value_2} 次方</translation>
    </message>
    <message>
        <source>at byte {origin} a track was expected, not {shown}</source>
        <translation>第 {origin} 字节处应为音轨，而不是 {shown}</translation>
    </message>
    <message>
        <source>track {number}: {reason}</source>
        <translation>音轨 {number}：{reason}</translation>
    </message>
    <message>
        <source>its archive holds more than {most} files, which no score does</source>
        <translation>压缩包中超过 {most} 个文件，没有乐谱这么多</translation>
    </message>
    <message>
        <source>its archive is packed in a way that scores are not (number {number})</source>
        <translation>压缩包的压缩方式不是乐谱所用的（编号 {number}）</translation>
    </message>
    <message>
        <source>it unpacks to more than {size} MB, which no song does</source>
        <translation>解压后超过 {size} MB，没有歌曲这么大</translation>
    </message>
    <message>
        <source>it declares XML entities or attributes of its own, which a score does not need</source>
        <translation>声明了自己的 XML 实体或属性，乐谱不需要这些</translation>
    </message>
    <message>
        <source>damaged: it cannot be unpacked ({reason})</source>
        <translation>已损坏：无法解压（{reason}）</translation>
    </message>
    <message>
        <source>damaged: more than a megabyte of it is one text or one element</source>
        <translation>已损坏：有超过一兆字节是同一段文本或同一个元素</translation>
    </message>
    <message>
        <source>its archive holds no score</source>
        <translation>压缩包中没有乐谱</translation>
    </message>
    <message>
        <source>damaged: it declares the encoding {name!r}, which there is not</source>
        <translation>已损坏：声明的编码 {name!r} 不存在</translation>
    </message>
    <message>
        <source>it has more XML elements than any song</source>
        <translation>XML 元素多于任何歌曲</translation>
    </message>
    <message>
        <source>{path} does not fit the other files of the corpus, which is damaged; build the corpus again.</source>
        <translation>{path} 与语料库的其他文件不符，语料库已损坏；请重新构建语料库。</translation>
    </message>
    <message>
        <source>{count} lines of notes after an empty line, which ends a tune, were left out</source>
        <translation>空行表示曲子结束，其后的 {count} 行音符未读取</translation>
    </message>
    <message>
        <source>1 line of notes after an empty line, which ends a tune, was left out</source>
        <translation>空行表示曲子结束，其后的 1 行音符未读取</translation>
    </message>
    <message>
        <source>the corpus in {path} is of {domain}, and the model is of {other}; give a corpus of its kind.</source>
        <translation>{path} 中的语料库属于 {domain}，而模型属于 {other}；请给出同类的语料库。</translation>
    </message>
    <message>
        <source>every piece in {path} is longer than the {longest} tokens that the model knows; build a corpus of shorter ones.</source>
        <translation>{path} 中的每个作品都超过模型所知的 {longest} 个词元；请用较短的作品建立语料库。</translation>
    </message>
    <message>
        <source>{max_events:,} notes and bars</source>
        <translation>{max_events:,} 个音符和小节</translation>
    </message>
    <message>
        <source>{max_characters:,} characters</source>
        <translation>{max_characters:,} 个字符</translation>
    </message>
    <message>
        <source>tune {number}: {remark}</source>
        <translation>曲子 {number}：{remark}</translation>
    </message>
    <message>
        <source>a line of words among the notes was left out</source>
        <translation>音符之间有一行文字，已略去</translation>
    </message>
    <message>
        <source>D.C. or D.S. was played</source>
        <translation>已按 D.C. 或 D.S. 演奏</translation>
    </message>
    <message>
        <source>D.C. or D.S. is not played: where it goes to is not clear</source>
        <translation>没有演奏 D.C. 或 D.S.：跳到哪里不明确</translation>
    </message>
    <message>
        <source>of the order of its parts, {parts} has no notes</source>
        <translation>各部分的顺序中，{parts} 没有音符</translation>
    </message>
    <message>
        <source>D.C. or D.S. is not played: the order of its parts is stated</source>
        <translation>没有演奏 D.C. 或 D.S.：已写明各部分的顺序</translation>
    </message>
    <message>
        <source>no MusicXML score: it begins with &lt;{tag}&gt;, and &lt;score-partwise&gt; was expected</source>
        <translation>不是 MusicXML 乐谱：以 &lt;{tag}&gt; 开头，应为 &lt;score-partwise&gt;</translation>
    </message>
    <message>
        <source>{bars} bar</source>
        <translation>{bars} 小节</translation>
    </message>
    <message>
        <source>{bars} bars</source>
        <translation>{bars} 小节</translation>
    </message>
    <message>
        <source>no phrase of {length} bars: it has {has}, and at least {shortest} are needed</source>
        <translation>没有 {length} 小节的乐句：它有 {has}，至少需要 {shortest}</translation>
    </message>
    <message>
        <source>no drums: nothing is on channel 10, and no track is named after drums</source>
        <translation>没有鼓：通道 10 上没有内容，也没有以鼓命名的音轨</translation>
    </message>
    <message>
        <source>no drums: its percussion has no place among kick, snare, hi-hats, toms, crash and ride</source>
        <translation>没有鼓：其打击乐不属于底鼓、军鼓、踩镲、嗵鼓、吊镲和叮叮镲</translation>
    </message>
    <message>
        <source>no hits</source>
        <translation>没有击打</translation>
    </message>
    <message>
        <source>{count} of {total} hits were taken as one of the nine voices (&apos;{names}&apos;)</source>
        <translation>{total} 个击打中有 {count} 个归入九个声部之一（“{names}”）</translation>
    </message>
    <message>
        <source>{count} of {total} hits were left out: a drum kit has no place for them (&apos;{names}&apos;)</source>
        <translation>{total} 个击打中有 {count} 个已舍去：鼓组中没有它们的位置（“{names}”）</translation>
    </message>
    <message>
        <source>{path}: {reason}.</source>
        <translation>{path}：{reason}。</translation>
    </message>
    <message>
        <source>the recorded title of a piece is damaged ({reason}).</source>
        <translation>所记录的作品标题已损坏（{reason}）。</translation>
    </message>
    <message>
        <source>no phrase of {length} bars in {metre} with a note in it</source>
        <translation>没有 {length} 小节、{metre} 拍且含音符的乐句</translation>
    </message>
    <message>
        <source>no phrase of {length} bars in {metre}: it has {has}, and at least {shortest} are needed</source>
        <translation>没有 {metre} 拍的 {length} 小节乐句：它有 {has}，至少需要 {shortest}</translation>
    </message>
    <message>
        <source>the recorded tempo and instrument of the music are damaged ({reason}).</source>
        <translation>所记录的音乐速度和乐器已损坏（{reason}）。</translation>
    </message>
    <message>
        <source>{path} has several columns. {known}</source>
        <translation>{path} 有多个列。{known}</translation>
    </message>
    <message>
        <source>{path} has several fields. {known}</source>
        <translation>{path} 有多个字段。{known}</translation>
    </message>
    <message>
        <source>{path}: the file is empty.</source>
        <translation>{path}：文件为空。</translation>
    </message>
    <message>
        <source>{path}: there is no column {column!r}; {hint}</source>
        <translation>{path}：没有列 {column!r}；{hint}</translation>
    </message>
    <message>
        <source>there is no unit {unit!r}; {hint}</source>
        <translation>没有单位 {unit!r}；{hint}</translation>
    </message>
    <message>
        <source>{path}: there is no text in it.</source>
        <translation>{path}：其中没有文本。</translation>
    </message>
    <message>
        <source>cannot write text as {path_suffix}; name it {path_stem}.txt.</source>
        <translation>不能把文本写成 {path_suffix}；请命名为 {path_stem}.txt。</translation>
    </message>
    <message>
        <source>there is no encoding {encoding!r}; expected one such as utf-8.</source>
        <translation>没有编码 {encoding!r}；应为例如 utf-8。</translation>
    </message>
    <message>
        <source>{path} is a folder; expected a text file.</source>
        <translation>{path} 是文件夹；应为文本文件。</translation>
    </message>
    <message>
        <source>{path} is not an ordinary file; expected a text file.</source>
        <translation>{path} 不是普通文件；应为文本文件。</translation>
    </message>
    <message>
        <source>{path} is larger than {size} MB; split it into smaller files.</source>
        <translation>{path} 大于 {size} MB；请拆分成较小的文件。</translation>
    </message>
    <message>
        <source>cannot read {path}: {reason}.</source>
        <translation>无法读取 {path}：{reason}。</translation>
    </message>
    <message>
        <source>{path}: it is {what}, not text.</source>
        <translation>{path}：这是{what}，不是文本。</translation>
    </message>
    <message>
        <source>hard-wrapped prose: split into sentences</source>
        <translation>固定换行的散文：拆分成句子</translation>
    </message>
    <message>
        <source>long paragraphs: split into sentences</source>
        <translation>长段落：拆分成句子</translation>
    </message>
    <message>
        <source>{path}: there is no column {column}; columns are numbered 0 to {last}.</source>
        <translation>{path}：没有列 {column}；列的编号为 0 到 {last}。</translation>
    </message>
    <message>
        <source>{path}: there is no field {name!r}; {hint}</source>
        <translation>{path}：没有字段 {name!r}；{hint}</translation>
    </message>
    <message>
        <source>{empty} empty line skipped</source>
        <translation>跳过了 {empty} 个空行</translation>
    </message>
    <message>
        <source>{empty} empty lines skipped</source>
        <translation>跳过了 {empty} 个空行</translation>
    </message>
    <message>
        <source>{path}: no line of it can be used; the first: {reason}.</source>
        <translation>{path}：没有可用的行；第一个原因：{reason}。</translation>
    </message>
    <message>
        <source>the recorded title and labels of a text are damaged ({reason}).</source>
        <translation>所记录的文本标题和标签已损坏（{reason}）。</translation>
    </message>
    <message>
        <source>{more:,} more of its lines or rows cannot be used</source>
        <translation>另有 {more:,} 行无法使用</translation>
    </message>
    <message>
        <source>plain text has no columns, so its passages have no labels</source>
        <translation>纯文本没有列，因此其段落没有标签</translation>
    </message>
    <message>
        <source>the text was taken from the field {name}</source>
        <translation>文本取自字段 {name}</translation>
    </message>
    <message>
        <source>did you mean {near!r}? Known: {known}.</source>
        <translation>您是指 {near!r} 吗？已知：{known}。</translation>
    </message>
    <message>
        <source>Known: {known}.</source>
        <translation>已知：{known}。</translation>
    </message>
    <message>
        <source>Known: none.</source>
        <translation>已知：无。</translation>
    </message>
    <message>
        <source>attributes</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>there are no two pieces of the same length among the {count} to interpolate between; give more pieces.</source>
        <translation>{count} 个作品中没有两个长度相同的作品可供插值；请给出更多作品。</translation>
    </message>
    <message>
        <source>pairs</source>
        <translation>对</translation>
    </message>
    <message>
        <source>n-grams</source>
        <translation>n 元组</translation>
    </message>
    <message>
        <source>an autoencoder has no likelihood; only its reconstruction can be measured.</source>
        <translation>自编码器没有似然；只能测量它的重建。</translation>
    </message>
    <message>
        <source>novelty</source>
        <translation>新颖度</translation>
    </message>
    <message>
        <source>a language model (bottleneck none) has no latent space to interpolate in; leave interpolation out.</source>
        <translation>语言模型（瓶颈为 none）没有可以插值的潜在空间；请去掉插值。</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>statistics</source>
        <translation>统计</translation>
    </message>
    <message>
        <source>bars</source>
        <translation>小节</translation>
    </message>
    <message>
        <source>{path} is not the array that is expected there; it may be damaged.</source>
        <translation>{path} 不是那里应有的数组；它可能已损坏。</translation>
    </message>
    <message>
        <source>cannot write {path}: {reason}; choose another place.</source>
        <translation>无法写入 {path}：{reason}；请选择其他位置。</translation>
    </message>
    <message>
        <source>cannot write {path}: {reason}; free some space or choose another place.</source>
        <translation>无法写入 {path}：{reason}；请释放一些空间，或选择其他位置。</translation>
    </message>
    <message>
        <source>{path} is not a file.</source>
        <translation>{path} 不是文件。</translation>
    </message>
    <message>
        <source>cannot read {path}: {why}.</source>
        <translation>无法读取 {path}：{why}。</translation>
    </message>
    <message>
        <source>{path} is larger than {limit:,} bytes, which is not expected of such a file.</source>
        <translation>{path} 大于 {limit:,} 字节，这样的文件不应如此。</translation>
    </message>
    <message>
        <source>{path} has more or longer lines than are expected of it; it may be damaged.</source>
        <translation>{path} 的行数或行长超出预期；它可能已损坏。</translation>
    </message>
    <message>
        <source>{path} is not an array; it may be damaged.</source>
        <translation>{path} 不是数组；它可能已损坏。</translation>
    </message>
    <message>
        <source>say what to change, such as {names}=+1; known: {names_2}.</source>
        <translation>请说明要改变什么，例如 {names}=+1；已知：{names_2}。</translation>
    </message>
    <message>
        <source>pieces</source>
        <translation>作品</translation>
    </message>
    <message>
        <source>valid and test are {sum} together; expected less than 0.9.</source>
        <translation>valid 和 test 合计为 {sum}；应小于 0.9。</translation>
    </message>
    <message>
        <source>no phrase of {length} bar</source>
        <translation>没有 {length} 小节的乐句</translation>
    </message>
    <message>
        <source>no phrase of {length} bars</source>
        <translation>没有 {length} 小节的乐句</translation>
    </message>
    <message>
        <source>{label} have no parts of several voices.</source>
        <translation>{label}没有多个声部。</translation>
    </message>
    <message>
        <source>there is nothing in it to learn from</source>
        <translation>其中没有可供学习的内容</translation>
    </message>
    <message>
        <source>{path}: {what} are read from {known} files, not from {suffix}.</source>
        <translation>{path}：{what}从 {known} 文件读取，而不是 {suffix}。</translation>
    </message>
    <message>
        <source>no notes and no chord symbols</source>
        <translation>没有音符，也没有和弦标记</translation>
    </message>
    <message>
        <source>{reason}.</source>
        <translation>{reason}。</translation>
    </message>
    <message>
        <source>{name} has {count} parts, and a score has at most {most}; leave some of them out.</source>
        <translation>{name} 有 {count} 个声部，而乐谱最多 {most} 个；请去掉其中一些。</translation>
    </message>
    <message>
        <source>the model has no parts for these, so they were not read: {names}.</source>
        <translation>模型没有与这些对应的声部，因此未读取：{names}。</translation>
    </message>
    <message>
        <source>no part is a melody; the highest notes were taken as one.</source>
        <translation>没有声部是旋律；已取最高的音符作为旋律。</translation>
    </message>
    <message>
        <source>it has more than {most} voices</source>
        <translation>超过 {most} 个声部</translation>
    </message>
    <message>
        <source>only the first verse of its lyrics is kept</source>
        <translation>歌词只保留第一段</translation>
    </message>
    <message>
        <source>it has more than {most:,} notes</source>
        <translation>超过 {most:,} 个音符</translation>
    </message>
    <message>
        <source>its {count} tracks of drums were read as one part</source>
        <translation>{count} 条鼓音轨合读为一个声部</translation>
    </message>
    <message>
        <source>no part was named; expected numbers, names or roles such as melody,bass</source>
        <translation>没有指定声部；应为编号、名称或角色，例如 melody,bass</translation>
    </message>
    <message>
        <source>{count} parts were chosen; a score has at most {most}</source>
        <translation>选择了 {count} 个声部；乐谱最多 {most} 个</translation>
    </message>
    <message>
        <source>there is no part {number}; it has {count}, counted from 1</source>
        <translation>没有声部 {number}；共有 {count} 个，从 1 数起</translation>
    </message>
    <message>
        <source>1 chord symbol was simplified</source>
        <translation>1 个和弦标记已简化</translation>
    </message>
    <message>
        <source>{count} chord symbols were simplified</source>
        <translation>{count} 个和弦标记已简化</translation>
    </message>
    <message>
        <source>the notes of {names} do not follow the beat, and were moved to the grid</source>
        <translation>{names} 的音符不合拍点，已移到网格上</translation>
    </message>
    <message>
        <source>of its {count} parts {most} were kept; left out: {names}</source>
        <translation>{count} 个声部中保留了 {most} 个；已舍去：{names}</translation>
    </message>
    <message>
        <source>sheets</source>
        <translation>旋律谱</translation>
    </message>
    <message>
        <source>the model knows no attribute {name!r}; {hint}</source>
        <translation>模型没有属性 {name!r}；{hint}</translation>
    </message>
    <message>
        <source>-{largest_change:g} to {largest_change:g} standard deviations</source>
        <translation>-{largest_change:g} 到 {largest_change:g} 个标准差</translation>
    </message>
    <message>
        <source>{name} is to change by {amount:g}; expected {limits}.</source>
        <translation>{name} 要改变 {amount:g}；应为 {limits}。</translation>
    </message>
    <message>
        <source>there is no interpolation method {method!r}; {hint}</source>
        <translation>没有插值方法 {method!r}；{hint}</translation>
    </message>
    <message>
        <source>a path needs at least 2 pieces to go through; {points} given.</source>
        <translation>路径至少要经过 2 个作品；给出了 {points} 个。</translation>
    </message>
    <message>
        <source>cannot start a process of its own: {reason}; free some memory or space.</source>
        <translation>无法启动单独的进程：{reason}；请释放一些内存或磁盘空间。</translation>
    </message>
    <message>
        <source>cannot write a temporary folder: {reason}; free some space.</source>
        <translation>无法写入临时文件夹：{reason}；请释放一些空间。</translation>
    </message>
    <message>
        <source>the corpus in {path} is damaged ({reason}); build it again.</source>
        <translation>{path} 中的语料库已损坏（{reason}）；请重新建立。</translation>
    </message>
    <message>
        <source>entries for the desktop are a matter of Linux; here, make a shortcut to the program &apos;genstudio&apos;.</source>
        <translation>桌面菜单项仅用于 Linux；在此系统上请为程序 genstudio 创建快捷方式。</translation>
    </message>
    <message>
        <source>a model needs a name of 1 to {most} letters.</source>
        <translation>模型名称须为 1 到 {most} 个字符。</translation>
    </message>
    <message>
        <source>{folder} is not in your folder of models, and is not deleted.</source>
        <translation>{folder} 不在你的模型文件夹中，未予删除。</translation>
    </message>
    <message>
        <source>the model cannot be copied to {folder}: {reason}.</source>
        <translation>无法将模型复制到 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>{folder} cannot be deleted: {reason}.</source>
        <translation>无法删除 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>there is no file {path}; it may have been moved or renamed.</source>
        <translation>文件 {path} 不存在；可能已被移动或重命名。</translation>
    </message>
    <message>
        <source>{path} is of a kind that cannot be read; expected one of {known}, a folder, or a model.</source>
        <translation>无法读取 {path} 这类文件；可用的类型：{known}，或文件夹、模型。</translation>
    </message>
    <message>
        <source>{file} cannot be an end of this kind; give one of: {suffixes}.</source>
        <translation>{file} 不能作为此类端点；请使用以下类型之一：{suffixes}。</translation>
    </message>
    <message>
        <source>{file} gave nothing: it is empty.</source>
        <translation>{file} 里什么也没有：文件为空。</translation>
    </message>
    <message>
        <source>{file} gave nothing: {reason}.</source>
        <translation>{file} 里什么也没有：{reason}。</translation>
    </message>
    <message>
        <source>it has no numbers</source>
        <translation>其中没有数字</translation>
    </message>
    <message>
        <source>it is shorter than the phrases that are learned from</source>
        <translation>它比用于学习的段落更短</translation>
    </message>
    <message>
        <source>cannot write a time series as {suffix}; name it {stem}.csv.</source>
        <translation>无法把时间序列写成 {suffix}；请命名为 {stem}.csv。</translation>
    </message>
    <message>
        <source>the recorded values of a time series are damaged ({reason}).</source>
        <translation>时间序列的记录值已损坏（{reason}）。</translation>
    </message>
    <message>
        <source>there is no step {step!r}; {hint}</source>
        <translation>没有步长 {step!r}；{hint}</translation>
    </message>
    <message>
        <source>{path}: it has more than {most:,} cells; divide it into several files.</source>
        <translation>{path}：单元格超过 {most:,} 个；请分成几个文件。</translation>
    </message>
    <message>
        <source>the season is {season}; expected 0 (none) or 2 to {most} steps.</source>
        <translation>季节为 {season}；应为 0（无）或 2 到 {most} 步。</translation>
    </message>
    <message>
        <source>{path}: there are no numbers in it.</source>
        <translation>{path}：其中没有数字。</translation>
    </message>
    <message>
        <source>{path}: there is no time series in it: {reason}.</source>
        <translation>{path}：其中没有时间序列：{reason}。</translation>
    </message>
    <message>
        <source>{path}: it is not a table of text.</source>
        <translation>{path}：它不是文本表格。</translation>
    </message>
    <message>
        <source>there is no file {path}.</source>
        <translation>没有文件 {path}。</translation>
    </message>
    <message>
        <source>{path}: it has more than {most} MB; divide it into several files.</source>
        <translation>{path}：超过 {most} MB；请分成几个文件。</translation>
    </message>
    <message>
        <source>{path}: there are several rows for the time {time}.</source>
        <translation>{path}：时间 {time} 有多行。</translation>
    </message>
    <message>
        <source>{path}: its times are not regular.</source>
        <translation>{path}：其时间不规则。</translation>
    </message>
    <message>
        <source>{path}: it has {count} rows for {of} steps of one {step}.</source>
        <translation>{path}：以 {step} 为步长的 {of} 步中只有 {count} 行。</translation>
    </message>
    <message>
        <source>{path}: nearly all steps of one {step} are missing.</source>
        <translation>{path}：以 {step} 为步长的几乎所有步都缺失。</translation>
    </message>
    <message>
        <source>no column of it holds numbers</source>
        <translation>没有一列是数字</translation>
    </message>
    <message>
        <source>{count} value is more than {reach:g} deviations from the mean and is clipped for the model</source>
        <translation>有 {count} 个值与平均值相差超过 {reach:g} 个标准差，已为模型截断</translation>
    </message>
    <message>
        <source>{count} values are more than {reach:g} deviations from the mean and are clipped for the model</source>
        <translation>有 {count} 个值与平均值相差超过 {reach:g} 个标准差，已为模型截断</translation>
    </message>
    <message>
        <source>{path}: Parquet files are read with pyarrow, which is not installed; install it: {command}</source>
        <translation>{path}：读取 Parquet 文件需要 pyarrow，它尚未安装；请安装：{command}</translation>
    </message>
    <message>
        <source>{path}: it is no Parquet file, or a damaged one.</source>
        <translation>{path}：它不是 Parquet 文件，或已损坏。</translation>
    </message>
    <message>
        <source>{path}: the column {column!r} does not hold numbers.</source>
        <translation>{path}：列 {column!r} 不是数字。</translation>
    </message>
    <message>
        <source>{path} is a table of texts, with numbers in {known}.</source>
        <translation>{path} 是文本表格，数字在 {known} 中。</translation>
    </message>
    <message>
        <source>the column {name} has fewer than {least} numbers</source>
        <translation>列 {name} 的数字少于 {least} 个</translation>
    </message>
    <message>
        <source>{title}: {count} cell is no number and was taken as missing</source>
        <translation>{title}：{count} 个单元格不是数字，视为缺失</translation>
    </message>
    <message>
        <source>{title}: {count} cells are no numbers and were taken as missing</source>
        <translation>{title}：{count} 个单元格不是数字，视为缺失</translation>
    </message>
    <message>
        <source>{path}: the column {column!r} does not hold times.</source>
        <translation>{path}：列 {column!r} 不是时间。</translation>
    </message>
    <message>
        <source>{path} has no column of times, so no step can be asked for; leave that out.</source>
        <translation>{path} 没有时间列，因此不能指定步长；请去掉它。</translation>
    </message>
    <message>
        <source>its time cannot be read</source>
        <translation>它的时间无法读取</translation>
    </message>
    <message>
        <source>the rows were put in the order of their times</source>
        <translation>各行已按时间排序</translation>
    </message>
    <message>
        <source>{count} row is missing between {first} and {last}</source>
        <translation>{first} 与 {last} 之间缺少 {count} 行</translation>
    </message>
    <message>
        <source>{count} rows are missing between {first} and {last}</source>
        <translation>{first} 与 {last} 之间缺少 {count} 行</translation>
    </message>
    <message>
        <source>{path}: it is not text in {encoding}.</source>
        <translation>{path}：它不是 {encoding} 编码的文本。</translation>
    </message>
    <message>
        <source>{path} is a table of texts, without a column of numbers.</source>
        <translation>{path} 是文本表格，没有数字列。</translation>
    </message>
    <message>
        <source>{title}: {count} value of {of} is missing</source>
        <translation>{title}：{of} 个值中缺少 {count} 个</translation>
    </message>
    <message>
        <source>{title}: {count} values of {of} are missing</source>
        <translation>{title}：{of} 个值中缺少 {count} 个</translation>
    </message>
    <message>
        <source>the dates may be read day first or month first; {first} is the first of them</source>
        <translation>日期可以按日在前或月在前来读；第一个日期读作 {first}</translation>
    </message>
    <message>
        <source>the column {name} numbers the rows and was left out</source>
        <translation>列 {name} 只是行号，已略去</translation>
    </message>
    <message>
        <source>the row has fewer than {least} numbers</source>
        <translation>该行的数字少于 {least} 个</translation>
    </message>
    <message>
        <source>the report trains a classifier with the package scikit-learn, which is not installed.</source>
        <translation>报告用 scikit-learn 包训练分类器，但该包未安装。</translation>
    </message>
    <message>
        <source>{path} does not hold settings.</source>
        <translation>{path} 中没有设置。</translation>
    </message>
    <message>
        <source>cannot write {path}; choose another folder.</source>
        <translation>无法写入 {path}；请选择其他文件夹。</translation>
    </message>
    <message>
        <source>the training state in {folder} is damaged or not whole.</source>
        <translation>{folder} 中的训练状态已损坏或不完整。</translation>
    </message>
    <message>
        <source>{order} does not say what was to be trained ({reason}).</source>
        <translation>{order} 未说明要训练什么（{reason}）。</translation>
    </message>
    <message>
        <source>cannot write {folder}: {reason}; free some space.</source>
        <translation>无法写入 {folder}：{reason}；请释放一些空间。</translation>
    </message>
    <message>
        <source>there is nothing to export; choose at least one piece.</source>
        <translation>没有可导出的内容；请至少选择一个作品。</translation>
    </message>
    <message>
        <source>there is no format {chosen!r}; expected one of {choices}.</source>
        <translation>没有 {chosen!r} 这种格式；可用的格式：{choices}。</translation>
    </message>
    <message>
        <source>{count} of {count_2} files were written; then: {reason}</source>
        <translation>已写入 {count_2} 个文件中的 {count} 个；随后：{reason}</translation>
    </message>
    <message>
        <source>the place is {u:g}, {v:g}; expected two numbers from 0 to 1.</source>
        <translation>位置是 {u:g}, {v:g}；应为两个 0 到 1 之间的数。</translation>
    </message>
    <message>
        <source>{label} have no pitches, so there is no tune to combine.</source>
        <translation>{label}没有音高，因此没有可以结合的曲调。</translation>
    </message>
    <message>
        <source>{name} has no chords; expected some to put under the tune.</source>
        <translation>{name} 没有和弦；应有可以配给曲调的和弦。</translation>
    </message>
    <message>
        <source>bar {bar} of {a} is not as long as that of {b}; choose two in the same metre.</source>
        <translation>{a} 的第 {bar} 小节与 {b} 的该小节长度不同；请选择拍号相同的两个作品。</translation>
    </message>
    <message>
        <source>bars and parts are held of one phrase; leave the whole song out, or what is held.</source>
        <translation>小节和声部只能在一个乐句中保持；请不要处理整首曲子，或不要保持它们。</translation>
    </message>
    <message>
        <source>season</source>
        <translation>季</translation>
    </message>
    <message>
        <source>{label} have no steps to score; a model of time series does that.</source>
        <translation>{label}没有可以评分的步；这要用时间序列的模型。</translation>
    </message>
    <message>
        <source>{name} is empty; expected numbers.</source>
        <translation>{name} 是空的；应有数字。</translation>
    </message>
    <message>
        <source>{time}: {score} nats</source>
        <translation>{time}：{score} 奈特</translation>
    </message>
    <message>
        <source>no part was given; say which is to be replaced: {names}.</source>
        <translation>没有给出声部；请说明要重新写哪一个：{names}。</translation>
    </message>
    <message>
        <source>average needs two pieces or more; {count} was given.</source>
        <translation>average 需要两个或更多作品；只给了 {count} 个。</translation>
    </message>
    <message>
        <source>{name} is empty; expected at least one step.</source>
        <translation>{name} 是空的；应至少有一步。</translation>
    </message>
    <message>
        <source>{piece} has {has} bars, and {length} are wanted in all: the first {given} were kept.</source>
        <translation>{piece} 有 {has} 小节，而总共需要 {length} 小节：保留了前 {given} 小节。</translation>
    </message>
    <message>
        <source>{piece} has {has} seasons, and {length} are wanted in all: the first {given} were kept.</source>
        <translation>{piece} 有 {has} 季，总共要 {length} 季：保留了前 {given} 季。</translation>
    </message>
    <message>
        <source>no gap was given; say which of the {has} seasons of {name} are to be filled.</source>
        <translation>没有给出空缺；请说明要填补 {name} 的 {has} 季中的哪些。</translation>
    </message>
    <message>
        <source>no step of {name} is missing, and no range to be filled was given.</source>
        <translation>{name} 没有缺失的步，也没有指定要填补的范围。</translation>
    </message>
    <message>
        <source>there are no seasons {asked} in {name}; expected seasons within 1 to {count}.</source>
        <translation>{name} 中没有第 {asked} 季；应在 1 到 {count} 之间。</translation>
    </message>
    <message>
        <source>{size} seasons are to be filled; {model} writes 1 to {most} at once.</source>
        <translation>要填补 {size} 季；{model} 一次写 1 到 {most} 季。</translation>
    </message>
    <message>
        <source>{label} have no future to forecast; a model of time series does that.</source>
        <translation>{label}没有可以预测的未来；这要用时间序列的模型。</translation>
    </message>
    <message>
        <source>the last {count} of {of} steps are read for the forecast</source>
        <translation>预测时读取 {of} 步中的最后 {count} 步</translation>
    </message>
    <message>
        <source>{steps} steps are more than {model} forecasts of such a series; ask for at most {most}.</source>
        <translation>{steps} 步超过了 {model} 对这样的序列能预测的步数；最多要求 {most} 步。</translation>
    </message>
    <message>
        <source>cannot write {path!r}; expected a file name that ends in one of {known}.</source>
        <translation>无法写入 {path!r}；文件名须以下列之一结尾：{known}。</translation>
    </message>
    <message>
        <source>no season is known of it; a cycle of {count} steps was found in its values</source>
        <translation>它的周期未知；在数值中找到了每 {count} 步一次的循环</translation>
    </message>
    <message>
        <source>no season is known of it and no cycle was found in its values, so the forecast is uncertain: hardly better than repeating the last value, and its bands are rather too narrow</source>
        <translation>它的周期未知，数值中也没有找到循环，因此预测并不可靠：几乎不比重复最后一个值更好，区间也偏窄</translation>
    </message>
    <message>
        <source>{count} pieces are written into a folder; {name} is the name of a file.</source>
        <translation>{count} 个作品要写入文件夹；{name} 是文件名。</translation>
    </message>
    <message>
        <source>{name} has nothing in the parts that are kept; expected at least one note in them.</source>
        <translation>{name} 中保留的声部没有内容；其中应至少有一个音符。</translation>
    </message>
    <message>
        <source>nothing new was found; another seed or a higher temperature may give something.</source>
        <translation>没有找到新的内容；换一个种子或提高温度也许会有结果。</translation>
    </message>
    <message>
        <source>{piece} has {count} phrases of up to {bars} seasons: the first was used.</source>
        <translation>{piece} 有 {count} 段，每段至多 {bars} 季：使用了第一段。</translation>
    </message>
    <message>
        <source>{piece} has {count} phrases of up to {bars} seasons: phrase {number} was used.</source>
        <translation>{piece} 有 {count} 段，每段至多 {bars} 季：使用了第 {number} 段。</translation>
    </message>
    <message>
        <source>the library {path} cannot be used ({text}); the examination of the machine looks into it.</source>
        <translation>无法使用作品库 {path}（{text}）；系统检查会查看它。</translation>
    </message>
    <message>
        <source>another program has been writing to the library {path} for {wait:.0f} seconds; try again later.</source>
        <translation>另一个程序已向作品库 {path} 写入 {wait:.0f} 秒；请稍后再试。</translation>
    </message>
    <message>
        <source>there is no space left for the library {path}; nothing was changed in it; free some space.</source>
        <translation>作品库 {path} 没有剩余空间；其中没有任何改动；请释放一些空间。</translation>
    </message>
    <message>
        <source>the library {path} cannot be written; allow it, or set GENSTUDIO_HOME to a folder that can be written.</source>
        <translation>无法写入作品库 {path}；请允许写入，或把 GENSTUDIO_HOME 设为可写的文件夹。</translation>
    </message>
    <message>
        <source>{path} is a database of another program, and was left as it is; move it away.</source>
        <translation>{path} 是另一个程序的数据库，已保持原样；请把它移走。</translation>
    </message>
    <message>
        <source>the library {path} is of version {version}, written by a newer GenStudio; this one knows versions up to {version_2} and left it as it is; install the newer one.</source>
        <translation>作品库 {path} 的版本为 {version}，由更新的 GenStudio 写成；本程序只认识到版本 {version_2}，已保持原样；请安装更新的版本。</translation>
    </message>
    <message>
        <source>{path} is {what}, but the library is a file of that name; move it away.</source>
        <translation>{path} 是{what}，而作品库是该名称的文件；请把它移走。</translation>
    </message>
    <message>
        <source>the library {path} cannot be used ({reason}); set GENSTUDIO_HOME to a folder that can be written.</source>
        <translation>无法使用作品库 {path}（{reason}）；请把 GENSTUDIO_HOME 设为可写的文件夹。</translation>
    </message>
    <message>
        <source>the library {path} is damaged and cannot be set aside ({reason}); close other programs that use it.</source>
        <translation>作品库 {path} 已损坏且无法移开（{reason}）；请关闭使用它的其他程序。</translation>
    </message>
    <message>
        <source>the library {path} is damaged and cannot be set aside ({reason}).</source>
        <translation>作品库 {path} 已损坏且无法移开（{reason}）。</translation>
    </message>
    <message>
        <source>{tidy!r} cannot be a tag; expected 1 to {longest_tag} characters.</source>
        <translation>{tidy!r} 不能作为标记；应为 1 到 {longest_tag} 个字符。</translation>
    </message>
    <message>
        <source>the record of the job {number} is damaged; it cannot be made again.</source>
        <translation>任务 {number} 的记录已损坏；无法重新生成。</translation>
    </message>
    <message>
        <source>the record of the job {number} was changed or damaged; it cannot be made again.</source>
        <translation>任务 {number} 的记录被更改或已损坏；无法重新生成。</translation>
    </message>
    <message>
        <source>the record of piece {number} in the library is damaged ({reason}).</source>
        <translation>作品库中作品 {number} 的记录已损坏（{reason}）。</translation>
    </message>
    <message>
        <source>the record of the job {number} is damaged ({reason}); it cannot be made again.</source>
        <translation>任务 {number} 的记录已损坏（{reason}）；无法重新生成。</translation>
    </message>
    <message>
        <source>{path} is empty; expected a file that the export of a library wrote.</source>
        <translation>{path} 为空；应为作品库导出所写的文件。</translation>
    </message>
    <message>
        <source>the record of the job {number} is damaged; repair the library.</source>
        <translation>任务 {number} 的记录已损坏；请修复作品库。</translation>
    </message>
    <message>
        <source>line {line} of {path} is neither a job nor a piece.</source>
        <translation>{path} 的第 {line} 行既不是任务也不是作品。</translation>
    </message>
    <message>
        <source>line {line} of {path} is damaged: {reason}; nothing of it was taken over.</source>
        <translation>{path} 的第 {line} 行已损坏：{reason}；没有导入任何内容。</translation>
    </message>
    <message>
        <source>line {line} of {path} is no JSON ({reason}); expected a file that the export of a library wrote, whole.</source>
        <translation>{path} 的第 {line} 行不是 JSON（{reason}）；应为作品库导出所写的完整文件。</translation>
    </message>
    <message>
        <source>{path} is no exported library; expected a file that the export of a library wrote.</source>
        <translation>{path} 不是导出的作品库；应为作品库导出所写的文件。</translation>
    </message>
    <message>
        <source>{path} is of the format {format!r:.40}; this GenStudio reads {known}; use the newer one.</source>
        <translation>{path} 的格式为 {format!r:.40}；本 GenStudio 读取 {known}；请使用更新的版本。</translation>
    </message>
    <message>
        <source>{saved:,} of its pieces could be saved</source>
        <translation>其中 {saved:,} 个作品得以保存</translation>
    </message>
    <message>
        <source>none of its pieces could be saved</source>
        <translation>其中没有作品得以保存</translation>
    </message>
    <message>
        <source>the library {path} was damaged; it was set aside as {aside}, and {kept} into a new one.</source>
        <translation>作品库 {path} 已损坏；已另存为 {aside}，{kept}到新的作品库。</translation>
    </message>
    <message>
        <source>there is no piece {number} in the library; the list of the library shows what there is.</source>
        <translation>作品库中没有作品 {number}；请查看作品库中有哪些作品。</translation>
    </message>
    <message>
        <source>{path} is the library itself; choose another file.</source>
        <translation>{path} 是作品库本身；请选择其他文件。</translation>
    </message>
    <message>
        <source>the library {path} is damaged, and so is the one that was created in its place ({reason}).</source>
        <translation>作品库 {path} 已损坏，为代替它而新建的作品库也已损坏（{reason}）。</translation>
    </message>
    <message>
        <source>there is no job {number!r} in the library; the list of the library shows what there is.</source>
        <translation>作品库中没有任务 {number!r}；请查看作品库中有哪些任务。</translation>
    </message>
    <message>
        <source>attributes are learned from at least {fewest} pieces, and there are {count}; give a larger corpus.</source>
        <translation>学习属性至少需要 {fewest} 个作品，而这里有 {count} 个；请给出更大的语料库。</translation>
    </message>
    <message>
        <source>no attribute varies over the pieces of this corpus, so there is no direction to learn; give another.</source>
        <translation>该语料库的作品之间没有属性变化，因此没有可学的方向；请换一个。</translation>
    </message>
    <message>
        <source>the model {model} has learned no attributes yet.</source>
        <translation>模型 {model} 还没有学过属性。</translation>
    </message>
    <message>
        <source>the attributes of {name} were made by a later GenStudio; update GenStudio.</source>
        <translation>{name} 的属性由更新的 GenStudio 制作；请更新 GenStudio。</translation>
    </message>
    <message>
        <source>the attributes of {name} are damaged ({why}); learn them again.</source>
        <translation>{name} 的属性已损坏（{why}）；请重新学习。</translation>
    </message>
    <message>
        <source>{out} exists already; choose a new folder for the packed model.</source>
        <translation>{out} 已存在；请为打包的模型选择新的文件夹。</translation>
    </message>
    <message>
        <source>the weights of {folder} are too large for half precision; copy the folder as it is.</source>
        <translation>{folder} 的权重对半精度来说太大；请原样复制该文件夹。</translation>
    </message>
    <message>
        <source>the tokenizer in {folder} is not the one that the model was trained with; copy the model again.</source>
        <translation>{folder} 中的分词器不是训练该模型时所用的；请重新复制模型。</translation>
    </message>
    <message>
        <source>the tokenizer in {folder} does not fit the model; copy the model again.</source>
        <translation>{folder} 中的分词器与模型不符；请重新复制模型。</translation>
    </message>
    <message>
        <source>the words of {folder} cannot be read ({why}); remove {path}, or train the model again.</source>
        <translation>无法读取 {folder} 的词（{why}）；请删除 {path}，或重新训练模型。</translation>
    </message>
    <message>
        <source>the model {folder} cannot be used: {reason}</source>
        <translation>无法使用模型 {folder}：{reason}</translation>
    </message>
    <message>
        <source>the manifest of {folder} describes a model of over {most_parameters} numbers; it may be damaged.</source>
        <translation>{folder} 的清单描述了一个超过 {most_parameters} 个数的模型；它可能已损坏。</translation>
    </message>
    <message>
        <source>the weights in {folder} do not fit its manifest (first difference: {odd}); copy the model again.</source>
        <translation>{folder} 中的权重与清单不符（第一处差异：{odd}）；请重新复制模型。</translation>
    </message>
    <message>
        <source>the weights in {folder} hold values that are not numbers; copy or train the model again.</source>
        <translation>{folder} 中的权重含有不是数的值；请重新复制或训练模型。</translation>
    </message>
    <message>
        <source>the weights of {folder} are missing or damaged ({why}); copy or train the model again.</source>
        <translation>{folder} 的权重缺失或已损坏（{why}）；请重新复制或训练模型。</translation>
    </message>
    <message>
        <source>the manifest of {folder} describes no model that this GenStudio knows ({why}).</source>
        <translation>{folder} 的清单所描述的不是本 GenStudio 认识的模型（{why}）。</translation>
    </message>
    <message>
        <source>there is no core {name!r}; {hint}</source>
        <translation>没有核心 {name!r}；{hint}</translation>
    </message>
    <message>
        <source>an inputless decoder does not know where a bar begins, which a conductor&apos;s must; choose core.inputless or core.conductor.</source>
        <translation>无输入的解码器听不到小节的开始，而指挥的解码器必须听到；请选择 core.inputless 或 core.conductor。</translation>
    </message>
    <message>
        <source>core.width {width} is not a multiple of core.heads {heads}; choose one that is.</source>
        <translation>core.width {width} 不是 core.heads {heads} 的倍数；请选择是倍数的值。</translation>
    </message>
    <message>
        <source>this autoencoder knows no distribution of its codes yet; train it for some steps before sampling.</source>
        <translation>该自编码器还不知道其编码的分布；请先训练若干步再采样。</translation>
    </message>
    <message>
        <source>there is no metric {metric!r}; {hint}</source>
        <translation>没有度量 {metric!r}；{hint}</translation>
    </message>
    <message>
        <source>{k} nearest pieces cannot be found; expected 1 or more.</source>
        <translation>无法找到 {k} 个最近的作品；应为 1 或更多。</translation>
    </message>
    <message>
        <source>there is no map {method!r}; {hint}</source>
        <translation>没有地图 {method!r}；{hint}</translation>
    </message>
    <message>
        <source>{folder} is a file; expected a folder, which is made when it is not there.</source>
        <translation>{folder} 是文件；应为文件夹，不存在时会创建。</translation>
    </message>
    <message>
        <source>{piece} is longer than anything that {model} was trained on; expect its end to be lost.</source>
        <translation>{piece} 比 {model} 训练时用过的都长；它的结尾可能会丢失。</translation>
    </message>
    <message>
        <source>{model} is a language model (bottleneck none) and has no latent space: it can sample, continue and be evaluated; for all else train a model with bottleneck=vae or ae.</source>
        <translation>{model} 是语言模型（bottleneck none），没有潜在空间：它能采样、续写和评估；其他功能请训练 bottleneck=vae 或 ae 的模型。</translation>
    </message>
    <message>
        <source>{piece} is longer than anything that {model} was trained on: of its {count} {unit}s the first {used} were used.</source>
        <translation>{piece} 比 {model} 训练时用过的都长：在它的 {count} 个{unit}中，用了前 {used} 个。</translation>
    </message>
    <message>
        <source>{model} writes no chords; choose another model, such as {another}.</source>
        <translation>{model} 不写和弦；请选择别的模型，例如 {another}。</translation>
    </message>
    <message>
        <source>these pieces were made by the model {model} ({digest}), and {another} is another ({digest_2}); load the one that made them.</source>
        <translation>这些作品由模型 {model}（{digest}）做出，而 {another} 是另一个（{digest_2}）；请载入做出它们的那个模型。</translation>
    </message>
    <message>
        <source>{model} writes no chord symbols; choose another model, such as {another}.</source>
        <translation>{model} 不写和弦标记；请选择别的模型，例如 {another}。</translation>
    </message>
    <message>
        <source>{model} writes a single voice; choose a model of scores, such as {another}.</source>
        <translation>{model} 只写单声部；请选择总谱模型，例如 {another}。</translation>
    </message>
    <message>
        <source>{folder} holds something that is not a map; choose a new folder.</source>
        <translation>{folder} 中有不是地图的内容；请选择新的文件夹。</translation>
    </message>
    <message>
        <source>there is no map in {folder}.</source>
        <translation>{folder} 中没有地图。</translation>
    </message>
    <message>
        <source>this map came without the codes of its pieces; make a whole one from the corpus.</source>
        <translation>该地图不含作品的编码；请用语料库制作完整的地图。</translation>
    </message>
    <message>
        <source>the point ({x}, {y}) is not on the map; give two numbers.</source>
        <translation>点（{x}，{y}）不在地图上；请给出两个数。</translation>
    </message>
    <message>
        <source>UMAP needs more than {neighbours} pieces, and there are {count}; take the method pca.</source>
        <translation>UMAP 需要多于 {neighbours} 个作品，而这里有 {count} 个；请用 pca 方法。</translation>
    </message>
    <message>
        <source>the map in {folder} was made by a later GenStudio; update GenStudio.</source>
        <translation>{folder} 中的地图由更新的 GenStudio 制作；请更新 GenStudio。</translation>
    </message>
    <message>
        <source>the map in {folder} is damaged ({why}); make it again.</source>
        <translation>{folder} 中的地图已损坏（{why}）；请重新制作。</translation>
    </message>
    <message>
        <source>{folder} is not a model folder: it has no manifest.json; give a folder that a training made.</source>
        <translation>{folder} 不是模型文件夹：没有 manifest.json；请给出训练所产生的文件夹。</translation>
    </message>
    <message>
        <source>the model {folder} was made by a later GenStudio (format {form}); update GenStudio.</source>
        <translation>模型 {folder} 由更新的 GenStudio 制作（格式 {form}）；请更新 GenStudio。</translation>
    </message>
    <message>
        <source>the model {folder} is damaged ({why}); copy or train it again.</source>
        <translation>模型 {folder} 已损坏（{why}）；请重新复制或训练。</translation>
    </message>
    <message>
        <source>prior.width {width} is not a multiple of prior.heads {heads}; change one of them.</source>
        <translation>prior.width {width} 不是 prior.heads {heads} 的倍数；请更改其中之一。</translation>
    </message>
    <message>
        <source>there is no bottleneck {bottleneck!r}; {hint}</source>
        <translation>没有瓶颈 {bottleneck!r}；{hint}</translation>
    </message>
    <message>
        <source>a language model (bottleneck none) predicts tokens from those before, which an inputless decoder does not read; choose core.inputless or bottleneck=none.</source>
        <translation>语言模型（瓶颈为 none）根据已写的内容继续写，而无输入的解码器听不到它；请选择 core.inputless 或 bottleneck=none。</translation>
    </message>
    <message>
        <source>features of a piece are predicted from its summary only; set core.summary_dims above 0.</source>
        <translation>只有摘要能给出作品的特征；请把 core.summary_dims 设为大于 0。</translation>
    </message>
    <message>
        <source>there is no model {text!r}; {hint}</source>
        <translation>没有模型 {text!r}；{hint}</translation>
    </message>
    <message>
        <source>{path} is missing; install GenStudio again, or run it from a whole checkout.</source>
        <translation>缺少 {path}；请重新安装 GenStudio，或从完整的检出中运行。</translation>
    </message>
    <message>
        <source>{folder} holds no model; expected model.safetensors and manifest.json in it, as a training writes them.</source>
        <translation>{folder} 中没有模型；其中应有训练所写的 model.safetensors 和 manifest.json。</translation>
    </message>
    <message>
        <source>there is no model folder {text!r}; give a folder that a training made, or an installed model: {installed}.</source>
        <translation>没有模型文件夹 {text!r}；请给出训练所产生的文件夹，或已安装的模型：{installed}。</translation>
    </message>
    <message>
        <source>stopped at your request.</source>
        <translation>已按您的要求停止。</translation>
    </message>
    <message>
        <source>the record of how a piece was made is damaged ({reason}); it cannot be made again.</source>
        <translation>关于作品如何生成的记录已损坏（{reason}）；无法重新生成。</translation>
    </message>
    <message>
        <source>the record in the file of how it was made is damaged ({reason}).</source>
        <translation>文件中关于如何生成的说明已损坏（{reason}）。</translation>
    </message>
    <message>
        <source>there is nothing to export; give at least one piece.</source>
        <translation>没有可导出的内容；请至少给出一个作品。</translation>
    </message>
    <message>
        <source>pieces of different kinds cannot be written into one file; give those of one kind.</source>
        <translation>不同类型的作品不能写入同一个文件；请给出同一类型的作品。</translation>
    </message>
    <message>
        <source>, which is for pitched notes only</source>
        <translation>，它只用于有音高的音符</translation>
    </message>
    <message>
        <source>{label} cannot be written as {chosen}{why}; choose one of {fitting}.</source>
        <translation>{label} 不能写成 {chosen}{why}；请选择 {fitting} 之一。</translation>
    </message>
    <message>
        <source>export does not know {name!r}; expected some of {options}.</source>
        <translation>导出没有 {name!r}；应为以下的一些：{options}。</translation>
    </message>
    <message>
        <source>{name} means nothing for {chosen}; it takes: {known}.</source>
        <translation>{name} 对 {chosen} 没有意义；可以指定的有：{known}。</translation>
    </message>
    <message>
        <source>there is no sample rate {rate}; expected one of {rates}.</source>
        <translation>没有采样率 {rate}；应为以下之一：{rates}。</translation>
    </message>
    <message>
        <source>the music lasts {seconds:.0f} minutes; sound is made of at most {longest:.0f}.</source>
        <translation>音乐长 {seconds:.0f} 分钟；最多生成 {longest:.0f} 分钟的声音。</translation>
    </message>
    <message>
        <source>the SoundFont gives sound that is not finite.</source>
        <translation>该 SoundFont 给出的声音不是有限值。</translation>
    </message>
    <message>
        <source>the SoundFont has no sound for the instrument {name}; choose another instrument or SoundFont.</source>
        <translation>该 SoundFont 没有乐器 {name} 的声音；请选择其他乐器或 SoundFont。</translation>
    </message>
    <message>
        <source>cannot write {path}: {error_string}</source>
        <translation>无法写入 {path}：{error_string}</translation>
    </message>
    <message>
        <source>parts means nothing for {label}: only scores have parts.</source>
        <translation>parts 对{label}没有意义：只有乐谱才有声部。</translation>
    </message>
    <message>
        <source>{count} {label} cannot be written into one file; give one of them, or a file for each.</source>
        <translation>{count} 个{label}不能写入同一个文件；请只给出一个，或为每个各给一个文件。</translation>
    </message>
    <message>
        <source>cannot tell the format of {path!r}; give a name that ends in one of {suffixes}, or name the format.</source>
        <translation>无法判断 {path!r} 的格式；请给出以 {suffixes} 之一结尾的名称，或指明格式。</translation>
    </message>
    <message>
        <source>a score has no theme; themes are for the picture of a roll.</source>
        <translation>乐谱没有主题；主题用于钢琴卷帘的图片。</translation>
    </message>
    <message>
        <source>there is no format {to!r}; {hint}</source>
        <translation>没有格式 {to!r}；{hint}</translation>
    </message>
    <message>
        <source>{path} is not a name for {to}; expected one that ends in {suffixes}.</source>
        <translation>{path} 不是 {to} 的名称；应以 {suffixes} 结尾。</translation>
    </message>
    <message>
        <source>there is no kit of drums {text!r}; expected one of {known}.</source>
        <translation>没有鼓组 {text!r}；应为以下之一：{known}。</translation>
    </message>
    <message>
        <source>give a General MIDI name such as Violin, Flute or Piano, or a number from 1 to 128.</source>
        <translation>请给出 General MIDI 名称，例如 Violin、Flute 或 Piano，或 1 到 128 的编号。</translation>
    </message>
    <message>
        <source>there is no instrument {text!r}; {near}</source>
        <translation>没有乐器 {text!r}；{near}</translation>
    </message>
    <message>
        <source>there is no instrument {number}; General MIDI numbers them from 1 (piano) to 128.</source>
        <translation>没有乐器 {number}；General MIDI 的编号为 1（钢琴）到 128。</translation>
    </message>
    <message>
        <source>the picture would be too large for PNG; write SVG, or fewer bars.</source>
        <translation>图片对 PNG 来说太大；请写成 SVG，或减少小节。</translation>
    </message>
    <message>
        <source>there is no theme {theme!r}; {hint}</source>
        <translation>没有主题 {theme!r}；{hint}</translation>
    </message>
    <message>
        <source>{count} pieces are too many for one picture; expected at most {most}.</source>
        <translation>{count} 个作品对一张图片来说太多；最多 {most} 个。</translation>
    </message>
    <message>
        <source>the score cannot be engraved; write MusicXML, and open it in a notation program.</source>
        <translation>无法刻印乐谱；请写成 MusicXML，并在打谱程序中打开。</translation>
    </message>
    <message>
        <source>{path} is damaged: its parts do not fit together as a SoundFont&apos;s do; get it again.</source>
        <translation>{path} 已损坏：其各部分不像 SoundFont 那样相符；请重新获取。</translation>
    </message>
    <message>
        <source>{path} is not a SoundFont: it does not begin as one (RIFF … sfbk); give a .sf2 or .sf3 file.</source>
        <translation>{path} 不是 SoundFont：开头不对（RIFF … sfbk）；请给出 .sf2 或 .sf3 文件。</translation>
    </message>
    <message>
        <source>{path} is a SoundFont without instruments; give another.</source>
        <translation>{path} 是没有乐器的 SoundFont；请换一个。</translation>
    </message>
    <message>
        <source>cannot read the compressed samples of {path} ({reason}); give a .sf2 file.</source>
        <translation>无法读取 {path} 的压缩采样（{reason}）；请给出 .sf2 文件。</translation>
    </message>
    <message>
        <source>there is no SoundFont {path!r}; give a .sf2 or .sf3 file.</source>
        <translation>没有 SoundFont {path!r}；请给出 .sf2 或 .sf3 文件。</translation>
    </message>
    <message>
        <source>{path} is larger than {max_bytes} GB, which no SoundFont is.</source>
        <translation>{path} 大于 {max_bytes} GB，没有 SoundFont 这么大。</translation>
    </message>
    <message>
        <source>{path} is not a SoundFont: it has only {st_size} bytes.</source>
        <translation>{path} 不是 SoundFont：只有 {st_size} 字节。</translation>
    </message>
    <message>
        <source>cannot read the SoundFont {path}: {getattr}.</source>
        <translation>无法读取 SoundFont {path}：{getattr}。</translation>
    </message>
    <message>
        <source>{path} is a folder, and a file was expected; give one of the files in it.</source>
        <translation>{path} 是文件夹，应为文件；请给出其中的一个文件。</translation>
    </message>
    <message>
        <source>it has more than {most:,} tracks</source>
        <translation>它的音轨超过 {most:,} 条</translation>
    </message>
    <message>
        <source>{model} has no summary with details that can be left out, and this needs one; choose another model, or train one with core.summary_dims above 0.</source>
        <translation>{model} 没有可留空细节的摘要，而这里需要它；请选择其他模型，或以大于 0 的 core.summary_dims 训练一个。</translation>
    </message>
    <message>
        <source>{text} gave nothing: {reason}.</source>
        <translation>{text} 没有给出任何内容：{reason}。</translation>
    </message>
    <message>
        <source>there is no piece {number} in {text}; expected 1 to {count}.</source>
        <translation>{text} 中没有作品 {number}；应为 1 到 {count}。</translation>
    </message>
    <message>
        <source>{path} is of a kind that cannot be read; expected one of {known}.</source>
        <translation>{path} 属于无法读取的类型；应为以下之一：{known}。</translation>
    </message>
    <message>
        <source>cannot export a {name}; give a path, a piece or text.</source>
        <translation>无法导出 {name}；请给出路径、作品或文本。</translation>
    </message>
    <message>
        <source>there is no file {text!r}; give a file of music ({suffixes}) or a text.</source>
        <translation>没有文件 {text!r}；请给出音乐文件（{suffixes}）或文本。</translation>
    </message>
    <message>
        <source>{text}: {reason}</source>
        <translation>{text}：{reason}</translation>
    </message>
    <message>
        <source>{path} holds {count} pieces: the first was used ({title}).</source>
        <translation>{path} 中有 {count} 个作品：使用了第一个（{title}）。</translation>
    </message>
    <message>
        <source>{path} holds {count} pieces: number {number} was used ({title}).</source>
        <translation>{path} 中有 {count} 个作品：使用了第 {number} 个（{title}）。</translation>
    </message>
    <message>
        <source>say what the files hold: melody, drums or text, or name a preset.</source>
        <translation>请说明文件的内容：旋律、鼓或文本，或指定预设。</translation>
    </message>
    <message>
        <source>bars were given, but {domain} has no bars; leave the bars out.</source>
        <translation>给出了小节，但 {domain} 没有小节；请去掉小节。</translation>
    </message>
    <message>
        <source>the preset {preset} is for {domain}, but the corpus holds {domain_2}; choose another.</source>
        <translation>预设 {preset} 用于 {domain}，而语料库是 {domain_2}；请选择其他预设。</translation>
    </message>
    <message>
        <source>say what to evaluate on: a corpus, or files; one of the two.</source>
        <translation>请说明在什么上评估：语料库或文件，二者之一。</translation>
    </message>
    <message>
        <source>cannot write into {folder}: the metrics would be lost; copy the model first.</source>
        <translation>无法写入 {folder}：结果会丢失；请先复制模型。</translation>
    </message>
    <message>
        <source>none of the files can be evaluated on; the first: {reason}.</source>
        <translation>没有文件可用于评估；第一个原因：{reason}。</translation>
    </message>
    <message>
        <source>there is nothing to evaluate on in the {about}; give a corpus with such a split, or other files.</source>
        <translation>{about}中没有可评估的内容；请给出含该划分的语料库，或其他文件。</translation>
    </message>
    <message>
        <source>the preset {preset} is for {domain}, not for {domain_2}; leave one of the two out.</source>
        <translation>预设 {preset} 用于 {domain}，而不是 {domain_2}；请去掉二者之一。</translation>
    </message>
    <message>
        <source>no preset is for the domain {domain}; {hint}</source>
        <translation>没有用于领域 {domain} 的预设；{hint}</translation>
    </message>
    <message>
        <source>{count} pieces are far longer than all that {model} was trained on, and were left out.</source>
        <translation>{count} 个作品远长于 {model} 训练时见过的一切，已略去。</translation>
    </message>
    <message>
        <source>no preset is for the domain {domain}; name one of: {presets}.</source>
        <translation>没有用于领域 {domain} 的预设；请指定以下之一：{presets}。</translation>
    </message>
    <message>
        <source>of {count} pieces {found} pairs of the same length can be made, not {interpolation}.</source>
        <translation>{count} 个作品可以组成 {found} 对长度相同的作品，而不是 {interpolation} 对。</translation>
    </message>
    <message>
        <source>the map by UMAP needs the package umap-learn, which is not installed.</source>
        <translation>用 UMAP 绘制地图需要 umap-learn，而它尚未安装。</translation>
    </message>
    <message>
        <source>{kind} files need soundfile ({reason})</source>
        <translation>{kind} 文件需要 soundfile（{reason}）</translation>
    </message>
    <message>
        <source>{purpose} needs {package}, which is not installed</source>
        <translation>{purpose} 需要 {package}，而它尚未安装</translation>
    </message>
    <message>
        <source>there is no SoundFont: {name}, which comes with pretty_midi, is missing</source>
        <translation>没有音色库：随 pretty_midi 提供的 {name} 缺失</translation>
    </message>
    <message>
        <source>{label}: {after} pieces, not {wanted}: no more were found that are new and look like their class</source>
        <translation>{label}：{after} 件作品，而非 {wanted} 件：再找不到既新又像本类的作品</translation>
    </message>
    <message>
        <source>the report needs two or more classes of at least 2 different pieces each; {label!r} is {what}.</source>
        <translation>报告需要至少两个类别，每类至少 2 件不同的作品；{label!r} {what}。</translation>
    </message>
    <message>
        <source>splits</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>stopped; the same call goes on where it was.</source>
        <translation>已停止；再次执行同样的命令会从停下处继续。</translation>
    </message>
    <message>
        <source>{path} is the table itself, which stays as it is; choose another name for the result.</source>
        <translation>{path} 就是原表，它保持不变；请为结果另取名称。</translation>
    </message>
    <message>
        <source>{path} is a folder; expected the name of a table.</source>
        <translation>{path} 是文件夹；应为表格的名称。</translation>
    </message>
    <message>
        <source>and {count:,} more remarks of this kind</source>
        <translation>以及另外 {count:,} 条同类说明</translation>
    </message>
    <message>
        <source>too small</source>
        <translation>太小</translation>
    </message>
    <message>
        <source>alone</source>
        <translation>只有一个</translation>
    </message>
    <message>
        <source>{path} does not say how it was made; music that GenStudio generated and exported does.</source>
        <translation>{path} 没有说明它是怎样生成的；由 GenStudio 生成并导出的音乐才有。</translation>
    </message>
    <message>
        <source>{path}: no row has a piece and a label in {label!r}.</source>
        <translation>{path}：没有一行在 {label!r} 中同时有作品和标签。</translation>
    </message>
    <message>
        <source>{path}: there is no row in it.</source>
        <translation>{path}：其中没有任何行。</translation>
    </message>
    <message>
        <source>{path}, line {number}: the file {name} is outside the folder of the table; put the table beside its files.</source>
        <translation>{path} 第 {number} 行：文件 {name} 在表格所在文件夹之外；请把表格放在其文件旁边。</translation>
    </message>
    <message>
        <source>{count} row has no label</source>
        <translation>{count} 行没有标签</translation>
    </message>
    <message>
        <source>{count} rows have no label</source>
        <translation>{count} 行没有标签</translation>
    </message>
    <message>
        <source>{name} holds {count} pieces; the first was taken</source>
        <translation>{name} 含有 {count} 件作品；取了第一件</translation>
    </message>
    <message>
        <source>the model {name} has no readable card ({why}).</source>
        <translation>模型 {name} 没有可读的卡片（{why}）。</translation>
    </message>
    <message>
        <source>cannot read {path} ({why}); give a text file in UTF-8.</source>
        <translation>无法读取 {path}（{why}）；请给出 UTF-8 文本文件。</translation>
    </message>
    <message>
        <source>the tokenizer&apos;s layout has a separator out of range; it may be damaged.</source>
        <translation>分词器布局的分隔符超出范围；它可能已损坏。</translation>
    </message>
    <message>
        <source>the tokenizer&apos;s layout should give {count} advances; it may be damaged.</source>
        <translation>分词器布局应给出 {count} 个步进；它可能已损坏。</translation>
    </message>
    <message>
        <source>the tokenizer&apos;s layout names tokens that do not exist; it may be damaged.</source>
        <translation>分词器布局提到了不存在的词元；它可能已损坏。</translation>
    </message>
    <message>
        <source>a tokenizer cannot be learned from so little; give it more to learn from.</source>
        <translation>内容太少，无法学习分词器；请给出更多内容。</translation>
    </message>
    <message>
        <source>a vocabulary of {vocab_size} tokens is too small; here it needs at least {reserved}.</source>
        <translation>{vocab_size} 个词元的词表太小；这里至少需要 {reserved} 个。</translation>
    </message>
    <message>
        <source>the tokenizer&apos;s special tokens are not where they should be; it may be damaged.</source>
        <translation>分词器的特殊词元不在应有的位置；它可能已损坏。</translation>
    </message>
    <message>
        <source>the tokenizer&apos;s layout does not fit its vocabulary; it may be damaged.</source>
        <translation>分词器的布局与其词表不符；它可能已损坏。</translation>
    </message>
    <message>
        <source>a tokenizer needs at least one non-empty line to learn from, and there is none.</source>
        <translation>分词器至少需要一个非空行来学习，而这里没有。</translation>
    </message>
    <message>
        <source>there is no tokenizer in {folder}; expected {facts_file} and {model_file} there.</source>
        <translation>{folder} 中没有分词器；那里应有 {facts_file} 和 {model_file}。</translation>
    </message>
    <message>
        <source>the tokenizer in {folder} is damaged (its digest is wrong); copy or train it again.</source>
        <translation>{folder} 中的分词器已损坏（摘要不对）；请重新复制或训练。</translation>
    </message>
    <message>
        <source>the symbol {symbol!r} has no token of its own; separators and interchangeable symbols must be indivisible.</source>
        <translation>符号 {symbol!r} 没有自己的词元；分隔符和可互换的符号必须不可分割。</translation>
    </message>
    <message>
        <source>learning the vocabulary ended unexpectedly (status {returncode}); try again.</source>
        <translation>词表的学习意外结束（状态 {returncode}）；请重试。</translation>
    </message>
    <message>
        <source>the tokenizer&apos;s model cannot be loaded; it may be damaged.</source>
        <translation>无法加载分词器的模型；它可能已损坏。</translation>
    </message>
    <message>
        <source>Learning the vocabulary</source>
        <translation>正在学习词表</translation>
    </message>
    <message>
        <source>{vocab_size} tokens</source>
        <translation>{vocab_size} 个词元</translation>
    </message>
    <message>
        <source>the tokenizer in {folder} was written by a newer version; update this program.</source>
        <translation>{folder} 中的分词器由更新的版本写成；请更新本程序。</translation>
    </message>
    <message>
        <source>a tokenizer cannot be learned from this: {plain}</source>
        <translation>无法由此学习分词器：{plain}</translation>
    </message>
    <message>
        <source>the state after step {step} is kept, since what came after it makes held-out pieces worse; more time does not help, more pieces do.</source>
        <translation>保留了第 {step} 步之后的状态，因为此后的学习使留出的作品变差；更多时间没有帮助，更多作品才有。</translation>
    </message>
    <message>
        <source>these {count} pieces are too few to learn from: all that was learned makes held-out pieces worse, so the model is as good as {model}, which it went on from, and no better.</source>
        <translation>这 {count} 个片段太少，学不到东西：学到的一切都使留出的作品变差，因此这个模型与原来的 {model} 一样好，但没有更好。</translation>
    </message>
    <message>
        <source>this processor does not compute in bfloat16 (that needs AVX-512 or AMX); leave precision at auto, or take float32.</source>
        <translation>该处理器不支持 bfloat16 运算（需要 AVX-512 或 AMX）；请让精度保持 auto，或用 float32。</translation>
    </message>
    <message>
        <source>{why}, so samples are drawn from N(0, I).</source>
        <translation>{why}，因此样本从 N(0, I) 抽取。</translation>
    </message>
    <message>
        <source>{folder} already holds a training ({steps} steps).</source>
        <translation>{folder} 中已有训练（{steps} 步）。</translation>
    </message>
    <message>
        <source>{folder} already holds a model (or a corpus).</source>
        <translation>{folder} 中已有模型（或语料库）。</translation>
    </message>
    <message>
        <source>{model} has other tokens than the corpus; build the corpus again with the tokenizer in {tokenizer}.</source>
        <translation>{model} 的词元与语料库的不同；请用 {tokenizer} 中的分词器重新构建语料库。</translation>
    </message>
    <message>
        <source>the corpus has {count} pieces to train on, too few to learn from (at least {fewest}; a good model needs {few} or more); add files, or cut shorter phrases.</source>
        <translation>语料库有 {count} 个作品用于训练，太少而无法学习（至少 {fewest} 个；好的模型需要 {few} 个或更多）；请添加文件，或切成更短的乐句。</translation>
    </message>
    <message>
        <source>kl.target is {target:g} and kl.floor {floor:g}: a KL is either aimed at or free up to a floor; set one of them to 0.</source>
        <translation>kl.target 为 {target:g}，kl.floor 为 {floor:g}：KL 要么有目标，要么有免费的下限；请把其中之一设为 0。</translation>
    </message>
    <message>
        <source>the training in {folder} was begun on another corpus; give that one.</source>
        <translation>{folder} 中的训练是在另一个语料库上开始的；请给出那个语料库。</translation>
    </message>
    <message>
        <source>the training in {out} was begun with other settings; give the same ones, or start again.</source>
        <translation>{out} 中的训练是用其他设置开始的；请给出相同的设置，或重新开始。</translation>
    </message>
    <message>
        <source>the training in {out} was begun with seed {counters}; give the same one.</source>
        <translation>{out} 中的训练是用种子 {counters} 开始的；请给出相同的种子。</translation>
    </message>
    <message>
        <source>training diverged at step {step}: the loss is not a number any more; the last saved state is kept. Lower optimizer.learning_rate (now {learning_rate}) and start again.</source>
        <translation>训练在第 {step} 步发散：损失不再是数；最后保存的状态已保留。请降低 optimizer.learning_rate（现为 {learning_rate}）并重新开始。</translation>
    </message>
    <message>
        <source>another training writes into {folder}; wait until it has ended.</source>
        <translation>另一个训练正在写入 {folder}；请等它结束。</translation>
    </message>
    <message>
        <source>cannot write into {folder}: {reason}.</source>
        <translation>无法写入 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>this training was begun when no prior was fitted at the end, and continues without one.</source>
        <translation>该训练开始时还不在最后拟合先验，现在也不拟合。</translation>
    </message>
    <message>
        <source>no time was left to fit a prior</source>
        <translation>没有剩余时间拟合先验</translation>
    </message>
    <message>
        <source>the prior that was fitted in {steps} steps costs more than N(0, I) on held-out pieces</source>
        <translation>用 {steps} 步拟合的先验在留出作品上比 N(0, I) 代价更高</translation>
    </message>
    <message>
        <source>the summary has collapsed: its KL is {kl:.2f} nats and {active} of its {dims} dimensions are active, so samples, and what lies between pieces, do not depend on it.</source>
        <translation>摘要已坍缩：其 KL 为 {kl:.2f} 奈特，{dims} 个维度中仅有 {active} 个活跃，因此抽样以及作品之间的内容都不再取决于它。</translation>
    </message>
    <message>
        <source>{start} is a model of another shape than the settings describe; go on without settings of core and bottleneck, or train from fresh weights.</source>
        <translation>{start} 的模型形状与设置所描述的不同；请不要设置 core 和 bottleneck，或从新的权重开始训练。</translation>
    </message>
    <message>
        <source>posterior collapse: KL is {kl:.2f} nats and {active} of {dims} dimensions are active, so the decoder ignores the code.</source>
        <translation>后验坍缩：KL 为 {kl:.2f} 奈特，{dims} 个维度中有 {active} 个活跃，因此解码器忽略了编码。</translation>
    </message>
    <message>
        <source>the corpus has only {count} pieces to train on; expect a model that repeats them. {few} or more are better.</source>
        <translation>语料库只有 {count} 个作品用于训练；模型可能会重复它们。{few} 个或更多为好。</translation>
    </message>
    <message>
        <source>{folder} is no VAE: it has no posteriors to fit a prior to.</source>
        <translation>{folder} 不是 VAE：没有可以拟合先验的后验。</translation>
    </message>
    <message>
        <source>there is no fitting of a prior in {folder} to resume; begin one.</source>
        <translation>{folder} 中没有可以继续的先验拟合；请开始一个。</translation>
    </message>
    <message>
        <source>{folder} holds a prior that is half fitted; remove {state} to begin again.</source>
        <translation>{folder} 中有拟合到一半的先验；要重新开始请删除 {state}。</translation>
    </message>
    <message>
        <source>the model {folder} has changed since its prior was begun; remove {state} and begin again.</source>
        <translation>模型 {folder} 自其先验开始拟合以来已改变；请删除 {state} 并重新开始。</translation>
    </message>
    <message>
        <source>{folder} has no prior to continue from; fit one first.</source>
        <translation>{folder} 没有可以继续的先验；请先拟合一个。</translation>
    </message>
    <message>
        <source>{minutes:g} minutes were too few to fit a prior: all of them went into encoding {pieces} pieces. The model stays as it was; give more minutes, or fewer pieces.</source>
        <translation>{minutes:g} 分钟不够拟合先验：时间全部用于编码 {pieces} 个作品。模型保持原样；请给出更多分钟，或更少作品。</translation>
    </message>
    <message>
        <source>fitting the prior diverged at step {step}; the model stays as it was. Lower its learning rate.</source>
        <translation>先验的拟合在第 {step} 步发散；模型保持原样。请降低其学习率。</translation>
    </message>
    <message>
        <source>no training can be resumed from {folder} ({reason}).</source>
        <translation>无法从 {folder} 继续训练（{reason}）。</translation>
    </message>
    <message>
        <source>cannot write {path} ({reason}); free some space or choose another place.</source>
        <translation>无法写入 {path}（{reason}）；请释放一些空间，或选择其他位置。</translation>
    </message>
    <message>
        <source>there is nothing to compare; give at least one core, or a variant.</source>
        <translation>没有可比较的内容；请至少给出一个核心或变体。</translation>
    </message>
    <message>
        <source>stopped; the same call goes on.</source>
        <translation>已停止；同样的调用会继续。</translation>
    </message>
    <message>
        <source>two variants are called {name}; give each a name of its own.</source>
        <translation>有两个变体名为 {name}；请分别命名。</translation>
    </message>
    <message>
        <source>{name!r} cannot be the name of a variant, which is a folder&apos;s; use letters, digits and hyphens.</source>
        <translation>{name!r} 不能作为变体的名称，因为它是文件夹名；请使用字母、数字和连字符。</translation>
    </message>
    <message>
        <source>{folder} holds a comparison under other conditions; give its corpus and budget.</source>
        <translation>{folder} 中有在其他条件下的比较；请给出其语料库和预算。</translation>
    </message>
    <message>
        <source>{out} has another variant called {variant}; give this one a name of its own.</source>
        <translation>{out} 中另有名为 {variant} 的变体；请给这一个另取名称。</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>{variant}: {message}</source>
        <translation>{variant}：{message}</translation>
    </message>
    <message>
        <source>{variant}: {reason}</source>
        <translation>{variant}：{reason}</translation>
    </message>
    <message>
        <source>{label} has no bars; mark the gap with {gap} in the text.</source>
        <translation>{label}没有小节；请在文本中用 {gap} 标出空缺。</translation>
    </message>
    <message>
        <source>no gap was given; say which of the {has} bars of {name} are to be filled.</source>
        <translation>没有给出空缺；请说明要填补 {name} 的 {has} 个小节中的哪些。</translation>
    </message>
    <message>
        <source>{size} bars are to be filled; {model} writes 1 to {most} at once.</source>
        <translation>要填补 {size} 个小节；{model} 一次写 1 至 {most} 个。</translation>
    </message>
    <message>
        <source>the text marks {count} gaps; mark one with {gap}.</source>
        <translation>文本中标出了 {count} 处空缺；请用 {gap} 标出一处。</translation>
    </message>
    <message>
        <source>there is nothing but a gap; write what comes before or after it.</source>
        <translation>除空缺外什么也没有；请写出其前或其后的内容。</translation>
    </message>
    <message>
        <source>only {found} different texts were found, not {wanted}.</source>
        <translation>只找到 {found} 段不同的文本，而不是 {wanted} 段。</translation>
    </message>
    <message>
        <source>there is no {word!r} in {text!r}; hold words that stand there.</source>
        <translation>{text!r} 中没有 {word!r}；请保持其中的词。</translation>
    </message>
    <message>
        <source>{loaded} is a model of {domain}, but the corpus holds {domain_2}; choose another.</source>
        <translation>{loaded} 是 {domain} 的模型，而语料库是 {domain_2}；请选择其他模型。</translation>
    </message>
    <message>
        <source>the test split of {corpus} holds {count} pieces; give a corpus with some held out.</source>
        <translation>{corpus} 的测试划分有 {count} 个作品；请给出留出了一些作品的语料库。</translation>
    </message>
    <message>
        <source>the train split of {corpus} is empty; give a corpus with pieces to learn from.</source>
        <translation>{corpus} 的训练划分为空；请给出有作品可学的语料库。</translation>
    </message>
    <message>
        <source>the {split} split of {corpus} holds {count} pieces; a map needs at least 3.</source>
        <translation>{corpus} 的 {split} 划分有 {count} 个作品；地图至少需要 3 个。</translation>
    </message>
    <message>
        <source>the model {folder} cannot be used: its tokenizer is of another version of {domain}; train it again.</source>
        <translation>无法使用模型 {folder}：其分词器属于 {domain} 的另一个版本；请重新训练。</translation>
    </message>
    <message>
        <source>the weights of {folder} have changed since they were loaded; load the model again.</source>
        <translation>{folder} 的权重在加载后已改变；请重新加载模型。</translation>
    </message>
    <message>
        <source>bars {first} to {last} of a row were to be used; it has {has}.</source>
        <translation>要使用某一行的第 {first} 至 {last} 小节；它有 {has} 小节。</translation>
    </message>
    <message>
        <source>z has the shape {tuple}; expected [pieces, {latent_dims}].</source>
        <translation>z 的形状为 {tuple}；应为 [作品数, {latent_dims}]。</translation>
    </message>
    <message>
        <source>joins are {joins}; expected counts that add up to {count} rows.</source>
        <translation>joins 为 {joins}；应为合计 {count} 行的计数。</translation>
    </message>
    <message>
        <source>the record of how these pieces were made is of a later GenStudio ({version}) or damaged; update GenStudio.</source>
        <translation>关于这些作品如何生成的记录来自更新的 GenStudio（{version}）或已损坏；请更新 GenStudio。</translation>
    </message>
    <message>
        <source>the record of how these pieces were made is damaged: it does not fit the model {model} that it names.</source>
        <translation>关于这些作品如何生成的记录已损坏：与所指的模型 {model} 不符。</translation>
    </message>
    <message>
        <source>the manifest of {folder} has wrong settings for sampling: {reason}</source>
        <translation>{folder} 的清单中关于如何抽取样本的说明有误：{reason}</translation>
    </message>
    <message>
        <source>the weights of {folder} are gone ({reason}); load the model again.</source>
        <translation>{folder} 的权重已不存在（{reason}）；请重新加载模型。</translation>
    </message>
    <message>
        <source>bar {first} of a row was to be put; it has {has}.</source>
        <translation>要放入第 {first} 小节；它只有 {has} 个小节。</translation>
    </message>
    <message>
        <source>{name} has {count} entries; expected {count_2}, one for each row of z.</source>
        <translation>{name} 有 {count} 项；应为 {count_2} 项，z 的每行一项。</translation>
    </message>
    <message>
        <source>{operation} works on one phrase of each piece, not on whole ones; leave that out.</source>
        <translation>{operation} 处理每个作品的一个乐句，而不是整个作品；请去掉该选项。</translation>
    </message>
    <message>
        <source>bar</source>
        <translation>小节</translation>
    </message>
    <message>
        <source>word</source>
        <translation>词</translation>
    </message>
    <message>
        <source>the length is {length} {unit}s; {model} writes 1 to {most}.</source>
        <translation>长度为 {length} {unit}；{model} 写 1 到 {most}。</translation>
    </message>
    <message>
        <source>cannot keep {given} {unit}s of {name}; expected 1 to {has}, which is what it has.</source>
        <translation>要保留 {name} 的 {given} {unit}；应为 1 到它所有的 {has}。</translation>
    </message>
    <message>
        <source>{kept} {unit}s are given and {total} wanted in all; there is nothing to write: keep fewer.</source>
        <translation>给出了 {kept} {unit}，总共要 {total}；没有可写的内容：请少保留一些。</translation>
    </message>
    <message>
        <source>the record of how these pieces were made is damaged ({reason}).</source>
        <translation>关于这些作品如何生成的记录已损坏（{reason}）。</translation>
    </message>
    <message>
        <source>there is no {name!r} to hold in {label}; {hint}</source>
        <translation>{label} 中没有可保持的 {name!r}；{hint}</translation>
    </message>
    <message>
        <source>{model} is an autoencoder, trained without a prior: these are drawn from a Gaussian fitted to the codes of its training pieces (ex-post density estimation, Ghosh et al. 2020).</source>
        <translation>{model} 是训练时没有先验的自编码器：这些样本从对训练作品的编码拟合的高斯分布中抽取（事后密度估计，Ghosh 等 2020）。</translation>
    </message>
    <message>
        <source>the grid is {grid!r}; expected one number, or rows and columns.</source>
        <translation>网格为 {grid!r}；应为一个数，或行数和列数。</translation>
    </message>
    <message>
        <source>{name} is empty; expected at least one note.</source>
        <translation>{name} 为空；至少应有一个音符。</translation>
    </message>
    <message>
        <source>the result should have {length} {unit}; expected 2 or more, so that something follows what is given.</source>
        <translation>总共要 {length} {unit}；应为 2 或更大，以便给出的内容之后还有内容。</translation>
    </message>
    <message>
        <source>{kept} {unit}s are given and {total} wanted in all; {model} writes 1 to {most} more.</source>
        <translation>给出了 {kept} {unit}，总共要 {total}；{model} 再写 1 到 {most}。</translation>
    </message>
    <message>
        <source>{name} has {kept} {unit}s, and {model} writes {most} at once: all of it is kept, and it goes on from its end ({total} new after the last {domain}, which were read).</source>
        <translation>{name} 有 {kept} {unit}，而 {model} 一次写 {most}：全部保留，并从其结尾继续（读取最后 {domain} 之后新写 {total}）。</translation>
    </message>
    <message>
        <source>the place is {t:g}; expected 0 (the first piece) to 1 (the second).</source>
        <translation>位置为 {t:g}；应为 0（第一个作品）到 1（第二个作品）。</translation>
    </message>
    <message>
        <source>the model {model!r} ({digest}) that made this is not installed any more; give its folder as the model.</source>
        <translation>生成它的模型 {model!r}（{digest}）已不再安装；请给出它的文件夹作为模型。</translation>
    </message>
    <message>
        <source>the job {id} made {count} pieces; there is no piece {index} (from 0).</source>
        <translation>任务 {id} 生成了 {count} 个作品；没有作品 {index}（从 0 数起）。</translation>
    </message>
    <message>
        <source>only {found} different pieces were found, not {wanted}.</source>
        <translation>只找到 {found} 个不同的作品，而不是 {wanted} 个。</translation>
    </message>
    <message>
        <source>shaping holds key and metre by itself, and takes the likeliest; leave hold and temperature out.</source>
        <translation>塑造本身会保持调和拍号，并取最可能的结果；请去掉保持和温度。</translation>
    </message>
    <message>
        <source>{count} places were given; expected 1 to {most_places}.</source>
        <translation>给出了 {count} 个位置；应为 1 到 {most_places}。</translation>
    </message>
    <message>
        <source>no map is kept with the model {model}.</source>
        <translation>模型 {model} 没有附带地图。</translation>
    </message>
    <message>
        <source>the map was made with another model than {model}.</source>
        <translation>该地图是用 {model} 以外的模型制作的。</translation>
    </message>
    <message>
        <source>a code has the shape {tuple}; expected one code, [{latent_dims}].</source>
        <translation>编码的形状为 {tuple}；应为一个编码 [{latent_dims}]。</translation>
    </message>
    <message>
        <source>there is no piece {place} on the map; expected 0 to {count}.</source>
        <translation>地图上没有作品 {place}；应为 0 到 {count}。</translation>
    </message>
    <message>
        <source>a file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>words, or a file</source>
        <translation>文字，或文件</translation>
    </message>
    <message>
        <source>an end is empty; expected {expected}.</source>
        <translation>有一个端点为空；应为{expected}。</translation>
    </message>
    <message>
        <source>bars were asked for, but a piece of {label} has none; leave the bars out.</source>
        <translation>要求了小节，但{label}的作品没有小节；请去掉小节。</translation>
    </message>
    <message>
        <source>there are no bars {asked} in {name}; expected bars within 1 to {count}.</source>
        <translation>{name} 中没有小节 {asked}；应为 1 到 {count} 之间的小节。</translation>
    </message>
    <message>
        <source>loss {value:.3f}</source>
        <translation>损失 {value:.3f}</translation>
    </message>
    <message>
        <source>{name} is empty; expected at least one note or word.</source>
        <translation>{name} 为空；至少应有一个音符或词。</translation>
    </message>
    <message>
        <source>there is no phrase {phrase} in {name}; expected 1 to {count}.</source>
        <translation>{name} 中没有乐句 {phrase}；应为 1 到 {count}。</translation>
    </message>
    <message>
        <source>phrase {phrase} was asked for, and the whole piece too; leave one of the two out.</source>
        <translation>同时要求了乐句 {phrase} 和整个作品；请去掉二者之一。</translation>
    </message>
    <message>
        <source>cannot use a {name} as {label}; give a path or a piece.</source>
        <translation>不能把 {name} 用作{label}；请给出路径或作品。</translation>
    </message>
    <message>
        <source>there is no file {text!r}; give {label} as one of: {suffixes}.</source>
        <translation>没有文件 {text!r}；请以下列形式给出{label}：{suffixes}。</translation>
    </message>
    <message>
        <source>{text} holds {count} pieces; the first was used ({title}).</source>
        <translation>{text} 中有 {count} 个作品；使用了第一个（{title}）。</translation>
    </message>
    <message>
        <source>{piece} has {count} phrases of up to {bars} bars: the first was used.</source>
        <translation>{piece} 有 {count} 个最多 {bars} 小节的乐句：使用了第一个。</translation>
    </message>
    <message>
        <source>{piece} has {count} phrases of up to {bars} bars: phrase {number} was used.</source>
        <translation>{piece} 有 {count} 个最多 {bars} 小节的乐句：使用了乐句 {number}。</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Pieces to export</source>
        <translation>要导出的作品</translation>
    </message>
    <message>
        <source>Parts, played as the mixer has them</source>
        <translation>声部，按混音器的设置发声</translation>
    </message>
    <message>
        <source>Part: {name}</source>
        <translation>声部：{name}</translation>
    </message>
    <message>
        <source>A file for each</source>
        <translation>每个作品一个文件</translation>
    </message>
    <message>
        <source>All in one file</source>
        <translation>全部存入一个文件</translation>
    </message>
    <message>
        <source>Instrument</source>
        <translation>乐器</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Sample rate</source>
        <translation>采样率</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
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
        <source>This format is not for such a piece.</source>
        <translation>此格式不适用于这类作品。</translation>
    </message>
    <message>
        <source>Tick at least one format.</source>
        <translation>请至少勾选一种格式。</translation>
    </message>
    <message>
        <source>Tick at least one part of each piece.</source>
        <translation>请为每个作品至少勾选一个声部。</translation>
    </message>
    <message>
        <source>Export {count} files</source>
        <translation>导出 {count} 个文件</translation>
    </message>
    <message>
        <source>Tick at least one piece.</source>
        <translation>请至少勾选一个作品。</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Choose a folder.</source>
        <translation>请选择文件夹。</translation>
    </message>
    <message>
        <source>Export {title} as {format}</source>
        <translation>将 {title} 导出为 {format}</translation>
    </message>
    <message>
        <source>Export {count} pieces as {format}</source>
        <translation>将 {count} 个作品导出为 {format}</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source>Kit</source>
        <translation>鼓组</translation>
    </message>
</context>
<context>
    <name>Exporting</name>
    <message>
        <source>Drum grid, SVG</source>
        <translation>鼓点网格，SVG</translation>
    </message>
    <message>
        <source>Drum grid, PNG</source>
        <translation>鼓点网格，PNG</translation>
    </message>
    <message>
        <source>Drum grid, PDF</source>
        <translation>鼓点网格，PDF</translation>
    </message>
    <message>
        <source>MIDI</source>
        <translation>MIDI</translation>
    </message>
    <message>
        <source>Notes, tempo and instrument, for every music program.</source>
        <translation>音符、速度和乐器，适用于所有音乐软件。</translation>
    </message>
    <message>
        <source>MusicXML</source>
        <translation>MusicXML</translation>
    </message>
    <message>
        <source>For notation programs such as MuseScore.</source>
        <translation>适用于 MuseScore 等制谱软件。</translation>
    </message>
    <message>
        <source>ABC</source>
        <translation>ABC</translation>
    </message>
    <message>
        <source>A tunebook in letters, as folk musicians share them.</source>
        <translation>用字母记谱的曲集，民间音乐人常用它来交流。</translation>
    </message>
    <message>
        <source>WAV</source>
        <translation>WAV</translation>
    </message>
    <message>
        <source>Sound without loss, for every program.</source>
        <translation>无损音频，适用于所有软件。</translation>
    </message>
    <message>
        <source>FLAC</source>
        <translation>FLAC</translation>
    </message>
    <message>
        <source>Sound without loss, in half the space.</source>
        <translation>无损音频，体积减半。</translation>
    </message>
    <message>
        <source>Ogg Vorbis</source>
        <translation>Ogg Vorbis</translation>
    </message>
    <message>
        <source>Sound in little space, to send to somebody.</source>
        <translation>小体积音频，便于发送给他人。</translation>
    </message>
    <message>
        <source>Score, PDF</source>
        <translation>乐谱 PDF</translation>
    </message>
    <message>
        <source>Engraved notes to print.</source>
        <translation>排版好的乐谱，可供打印。</translation>
    </message>
    <message>
        <source>Score, SVG</source>
        <translation>乐谱 SVG</translation>
    </message>
    <message>
        <source>Engraved notes as a drawing; the first page.</source>
        <translation>排版好的乐谱，矢量图；仅第一页。</translation>
    </message>
    <message>
        <source>Score, PNG</source>
        <translation>乐谱 PNG</translation>
    </message>
    <message>
        <source>Engraved notes as a picture; the first page.</source>
        <translation>排版好的乐谱，图片；仅第一页。</translation>
    </message>
    <message>
        <source>Piano roll, SVG</source>
        <translation>钢琴卷帘 SVG</translation>
    </message>
    <message>
        <source>A drawing, sharp at every size.</source>
        <translation>矢量图，任意大小都清晰。</translation>
    </message>
    <message>
        <source>Piano roll, PNG</source>
        <translation>钢琴卷帘 PNG</translation>
    </message>
    <message>
        <source>A picture for the web or a document.</source>
        <translation>图片，用于网页或文档。</translation>
    </message>
    <message>
        <source>Chart, PDF</source>
        <translation>图表，PDF</translation>
    </message>
    <message>
        <source>The line on axes, with the fan of a forecast.</source>
        <translation>带坐标轴的曲线；若是预测，还有扇形区间。</translation>
    </message>
    <message>
        <source>Chart, SVG</source>
        <translation>图表，SVG</translation>
    </message>
    <message>
        <source>Chart, PNG</source>
        <translation>图表，PNG</translation>
    </message>
    <message>
        <source>Its own kind of file</source>
        <translation>其自身的文件格式</translation>
    </message>
    <message>
        <source>As such pieces are read, here and elsewhere.</source>
        <translation>与读入这类作品时的格式相同，在别处也能读取。</translation>
    </message>
    <message>
        <source>Piano roll, PDF</source>
        <translation>钢琴卷帘 PDF</translation>
    </message>
    <message>
        <source>A drawing to print.</source>
        <translation>用于打印的图形。</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>纯文本</translation>
    </message>
    <message>
        <source>The sentences, a line each.</source>
        <translation>句子，每行一句。</translation>
    </message>
    <message>
        <source>Table, CSV</source>
        <translation>表格 CSV</translation>
    </message>
    <message>
        <source>A row for each: model, seed, how it was made.</source>
        <translation>每个作品一行：模型、随机种子、生成方式。</translation>
    </message>
    <message>
        <source>Music</source>
        <translation>音乐</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>乐谱</translation>
    </message>
    <message>
        <source>Piano roll</source>
        <translation>钢琴卷帘</translation>
    </message>
    <message>
        <source>Drum grid</source>
        <translation>鼓点网格</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Written: {path}</source>
        <translation>已写入：{path}</translation>
    </message>
    <message>
        <source>{count} files were written into {folder}</source>
        <translation>已将 {count} 个文件写入 {folder}</translation>
    </message>
</context>
<context>
    <name>Faces</name>
    <message>
        <source>Beats, 2 bars</source>
        <translation>节奏，2 小节</translation>
    </message>
    <message>
        <source>Turns one beat into another, with the loudness and timing of a drummer.</source>
        <translation>把一个节奏变成另一个，带有鼓手的力度和律动。</translation>
    </message>
    <message>
        <source>1,150 performances of drummers on an electronic kit (Groove MIDI Dataset)</source>
        <translation>1,150 段鼓手在电子鼓上的演奏（Groove MIDI Dataset）</translation>
    </message>
    <message>
        <source>English sentences</source>
        <translation>英语句子</translation>
    </message>
    <message>
        <source>Writes the sentences between two sentences of up to some twenty words.</source>
        <translation>写出两个句子（各至多约二十个词）之间的句子。</translation>
    </message>
    <message>
        <source>78,771 short sentences that people gave (Common Voice, Tatoeba)</source>
        <translation>人们贡献的 78,771 个短句（Common Voice、Tatoeba）</translation>
    </message>
    <message>
        <source>Tunes, 16 bars</source>
        <translation>曲调，16 小节</translation>
    </message>
    <message>
        <source>Writes the tunes between two tunes: jigs, reels, marches, airs and songs.</source>
        <translation>写出两首曲调之间的曲调：吉格、里尔、进行曲、小调和歌曲。</translation>
    </message>
    <message>
        <source>5,443 dance tunes and airs of Ireland, Scotland and New England</source>
        <translation>爱尔兰、苏格兰和新英格兰的 5,443 首舞曲与小调</translation>
    </message>
    <message>
        <source>CC BY 4.0, and by leave of those who wrote them down</source>
        <translation>CC BY 4.0，其余经记谱者许可</translation>
    </message>
    <message>
        <source>Ideas, 2 bars</source>
        <translation>乐思，2 小节</translation>
    </message>
    <message>
        <source>Mixes two short ideas, note for note, in every common metre and key.</source>
        <translation>逐音混合两个短小的乐思，适用于各种常见的拍号和调。</translation>
    </message>
    <message>
        <source>Four voices, 4 bars</source>
        <translation>四声部，4 小节</translation>
    </message>
    <message>
        <source>Writes music for four voices, and the other parts to one that is given.</source>
        <translation>为四个声部作曲，也可为给定的一个声部写出其余声部。</translation>
    </message>
    <message>
        <source>122 string quartets from Haydn to Bartók (OpenScore)</source>
        <translation>从海顿到巴托克的 122 部弦乐四重奏（OpenScore）</translation>
    </message>
    <message>
        <source>Songs with chords, 8 bars</source>
        <translation>带和弦的歌曲，8 小节</translation>
    </message>
    <message>
        <source>Writes tunes with chord symbols, and chords to a tune that has none.</source>
        <translation>写出带和弦标记的曲调，也可为没有和弦的曲调配上和弦。</translation>
    </message>
    <message>
        <source>502 popular songs, hymns and carols (OpenEWLD)</source>
        <translation>502 首流行歌曲、赞美诗和颂歌（OpenEWLD）</translation>
    </message>
    <message>
        <source>public domain; refined on songs under CC0</source>
        <translation>公有领域；并用 CC0 歌曲改进</translation>
    </message>
    <message>
        <source>Time series</source>
        <translation>时间序列</translation>
    </message>
    <message>
        <source>Forecasts columns of numbers, fills their gaps, and writes the curves between two curves.</source>
        <translation>预测数字列的走势，填补其空缺，并写出两条曲线之间的曲线。</translation>
    </message>
    <message>
        <source>16,000 generated series with trends, seasons and noise</source>
        <translation>16,000 条生成的序列，含趋势、季节与噪声</translation>
    </message>
    <message>
        <source>made by this program</source>
        <translation>由本程序生成</translation>
    </message>
    <message>
        <source>Voice and piano, 4 bars</source>
        <translation>人声与钢琴，4 小节</translation>
    </message>
    <message>
        <source>Writes songs with piano, and the piano to a tune that has none.</source>
        <translation>写出带钢琴的歌曲，也可为没有伴奏的曲调写钢琴声部。</translation>
    </message>
    <message>
        <source>1,460 songs for voice and piano (OpenScore Lieder)</source>
        <translation>1,460 首人声与钢琴歌曲（OpenScore Lieder）</translation>
    </message>
    <message>
        <source>Tang poems</source>
        <translation>唐诗</translation>
    </message>
    <message>
        <source>Writes the poems between two poems of four lines, in Chinese.</source>
        <translation>写出两首绝句之间的诗。</translation>
    </message>
    <message>
        <source>14,171 quatrains of the Tang dynasty (chinese-poetry)</source>
        <translation>14,171 首唐代绝句（chinese-poetry）</translation>
    </message>
    <message>
        <source>Writes {kind} like those that it learned from.</source>
        <translation>写出与其所学相似的{kind}。</translation>
    </message>
    <message>
        <source>Writes {kind} of up to {count} bars like those that it learned from.</source>
        <translation>写出与其所学相似、至多 {count} 小节的{kind}。</translation>
    </message>
    <message>
        <source>{count} pieces</source>
        <translation>{count} 个作品</translation>
    </message>
    <message>
        <source>{model}, example {number}</source>
        <translation>{model}，示例 {number}</translation>
    </message>
</context>
<context>
    <name>FigureCurves</name>
    <message>
        <source>first piece</source>
        <translation>第一个作品</translation>
    </message>
    <message>
        <source>last piece</source>
        <translation>最后一个作品</translation>
    </message>
    <message>
        <source>Distance to the ends</source>
        <translation>到两端的距离</translation>
    </message>
    <message>
        <source>Cost along the path</source>
        <translation>路径上的代价</translation>
    </message>
</context>
<context>
    <name>FigureTable</name>
    <message>
        <source>The measurement</source>
        <translation>评测</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>组</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Measured on</source>
        <translation>评测所用数据</translation>
    </message>
    <message>
        <source>Figures of the models</source>
        <translation>各模型的指标</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>Reconstruction</source>
        <translation>重构</translation>
    </message>
    <message>
        <source>Likelihood</source>
        <translation>似然</translation>
    </message>
    <message>
        <source>Latent space</source>
        <translation>潜在空间</translation>
    </message>
    <message>
        <source>Interpolation</source>
        <translation>插值</translation>
    </message>
    <message>
        <source>Generated pieces</source>
        <translation>生成的作品</translation>
    </message>
    <message>
        <source>Music</source>
        <translation>音乐</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Novelty</source>
        <translation>新颖性</translation>
    </message>
    <message>
        <source>Pieces</source>
        <translation>作品</translation>
    </message>
    <message>
        <source>pieces</source>
        <translation>个作品</translation>
    </message>
    <message>
        <source>Token accuracy, decoding freely</source>
        <translation>词元准确率，自由解码</translation>
    </message>
    <message>
        <source>share</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>Token accuracy, teacher-forced</source>
        <translation>词元准确率，教师强制</translation>
    </message>
    <message>
        <source>Exact reconstructions</source>
        <translation>完全还原率</translation>
    </message>
    <message>
        <source>BLEU</source>
        <translation>BLEU</translation>
    </message>
    <message>
        <source>0 to 100</source>
        <translation>0 到 100</translation>
    </message>
    <message>
        <source>NLL, importance-weighted</source>
        <translation>重要性加权 NLL</translation>
    </message>
    <message>
        <source>nats a piece</source>
        <translation>奈特/作品</translation>
    </message>
    <message>
        <source>Importance samples (K)</source>
        <translation>其采样数 (K)</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>个采样</translation>
    </message>
    <message>
        <source>ELBO</source>
        <translation>ELBO</translation>
    </message>
    <message>
        <source>Negative ELBO</source>
        <translation>负 ELBO</translation>
    </message>
    <message>
        <source>KL</source>
        <translation>KL 散度</translation>
    </message>
    <message>
        <source>KL weight</source>
        <translation>KL 权重</translation>
    </message>
    <message>
        <source>weight of the KL in the loss (beta)</source>
        <translation>损失函数中 KL 的权重（beta）</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>steps of the optimiser</source>
        <translation>优化器的步数</translation>
    </message>
    <message>
        <source>minus the evidence lower bound, nats a piece</source>
        <translation>负的证据下界，每件作品的奈特数</translation>
    </message>
    <message>
        <source>ELBO, learned prior</source>
        <translation>ELBO（习得的先验）</translation>
    </message>
    <message>
        <source>KL, learned prior</source>
        <translation>KL（习得的先验）</translation>
    </message>
    <message>
        <source>evidence lower bound with the learned prior, nats a piece</source>
        <translation>以习得的先验计算的证据下界，每个作品的奈特数</translation>
    </message>
    <message>
        <source>what the latent code costs against the learned prior, nats a piece</source>
        <translation>隐编码相对于习得的先验的代价，每个作品的奈特数</translation>
    </message>
    <message>
        <source>Reconstruction NLL</source>
        <translation>重构 NLL</translation>
    </message>
    <message>
        <source>Perplexity a word</source>
        <translation>每词困惑度</translation>
    </message>
    <message>
        <source>Perplexity a token</source>
        <translation>每词元困惑度</translation>
    </message>
    <message>
        <source>Active units</source>
        <translation>活跃维度</translation>
    </message>
    <message>
        <source>dimensions</source>
        <translation>维</translation>
    </message>
    <message>
        <source>Latent dimensions</source>
        <translation>潜在维数</translation>
    </message>
    <message>
        <source>Mutual information</source>
        <translation>互信息</translation>
    </message>
    <message>
        <source>nats</source>
        <translation>奈特</translation>
    </message>
    <message>
        <source>Largest possible mutual information</source>
        <translation>可测得的最大值</translation>
    </message>
    <message>
        <source>Tokens shared with the nearest piece</source>
        <translation>与最近作品共有的词元</translation>
    </message>
    <message>
        <source>Tokens shared with a random piece</source>
        <translation>随机共有的词元</translation>
    </message>
    <message>
        <source>Character accuracy</source>
        <translation>字符准确率</translation>
    </message>
    <message>
        <source>Word accuracy</source>
        <translation>词准确率</translation>
    </message>
    <message>
        <source>Note F1</source>
        <translation>音符 F1</translation>
    </message>
    <message>
        <source>Note precision</source>
        <translation>音符精确率</translation>
    </message>
    <message>
        <source>Note recall</source>
        <translation>音符召回率</translation>
    </message>
    <message>
        <source>Pieces in 4/4</source>
        <translation>4/4 拍的作品</translation>
    </message>
    <message>
        <source>Step accuracy</source>
        <translation>步准确率</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>pairs</source>
        <translation>对</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Monotone steps</source>
        <translation>单调步的比例</translation>
    </message>
    <message>
        <source>Rank correlation</source>
        <translation>秩相关</translation>
    </message>
    <message>
        <source>Largest step back</source>
        <translation>最大回退</translation>
    </message>
    <message>
        <source>Standard error of the step back</source>
        <translation>其标准误</translation>
    </message>
    <message>
        <source>Largest step</source>
        <translation>最大步长</translation>
    </message>
    <message>
        <source>mean steps</source>
        <translation>平均步</translation>
    </message>
    <message>
        <source>Largest step under 3</source>
        <translation>最大步长小于 3 的比例</translation>
    </message>
    <message>
        <source>Largest step of the mean curve</source>
        <translation>平均曲线的最大步长</translation>
    </message>
    <message>
        <source>Exact ends</source>
        <translation>端点完全一致</translation>
    </message>
    <message>
        <source>Cost of these pieces</source>
        <translation>这些作品的代价</translation>
    </message>
    <message>
        <source>nats a token</source>
        <translation>奈特/词元</translation>
    </message>
    <message>
        <source>Cost of the middles</source>
        <translation>中间点的代价</translation>
    </message>
    <message>
        <source>Cost of the mixed pairs</source>
        <translation>混合作品的代价</translation>
    </message>
    <message>
        <source>Cost ratio of the middles</source>
        <translation>中间点的代价比</translation>
    </message>
    <message>
        <source>Cost ratio of the mixed pairs</source>
        <translation>混合作品的代价比</translation>
    </message>
    <message>
        <source>Distance to the first end</source>
        <translation>到起点的距离</translation>
    </message>
    <message>
        <source>Distance to the last end</source>
        <translation>到终点的距离</translation>
    </message>
    <message>
        <source>Step from one to the next</source>
        <translation>相邻两步的距离</translation>
    </message>
    <message>
        <source>Cost along the path</source>
        <translation>路径上的代价</translation>
    </message>
    <message>
        <source>Cost of mixing in the data</source>
        <translation>在数据中混合的代价</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>采样</translation>
    </message>
    <message>
        <source>Beside held-out pieces</source>
        <translation>对照的留出作品数</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Spread of the codes</source>
        <translation>编码的离散度</translation>
    </message>
    <message>
        <source>Best of several decodings</source>
        <translation>取其中最可能者的次数</translation>
    </message>
    <message>
        <source>Samples that end by themselves</source>
        <translation>自行结束的采样</translation>
    </message>
    <message>
        <source>Samples whose bars are full</source>
        <translation>小节填满的采样</translation>
    </message>
    <message>
        <source>Gaps filled in</source>
        <translation>填补的空缺</translation>
    </message>
    <message>
        <source>Cost ratio of the samples</source>
        <translation>样本的代价比</translation>
    </message>
    <message>
        <source>Gaps</source>
        <translation>空缺</translation>
    </message>
    <message>
        <source>Gaps filled with a copy</source>
        <translation>填入原有或相邻内容的空缺</translation>
    </message>
    <message>
        <source>Cost ratio of the filled pieces</source>
        <translation>填补后作品的代价比</translation>
    </message>
    <message>
        <source>cost of the samples under a 5-gram model of the training pieces divided by that of the held-out pieces</source>
        <translation>样本在训练作品的 5 元模型下的代价，除以留出作品的代价</translation>
    </message>
    <message>
        <source>pieces of which one bar was left out and written by the model</source>
        <translation>其中一个小节被略去并由模型写出的作品</translation>
    </message>
    <message>
        <source>share of these bars that equal the original bar or a neighbouring one</source>
        <translation>这些小节中与原小节或相邻小节相同的比例</translation>
    </message>
    <message>
        <source>cost of the pieces with the bar written by the model divided by that of the original pieces</source>
        <translation>由模型写出该小节的作品的代价，除以原作品的代价</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>音符数</translation>
    </message>
    <message>
        <source>notes</source>
        <translation>个音符</translation>
    </message>
    <message>
        <source>Pitches</source>
        <translation>音高数</translation>
    </message>
    <message>
        <source>pitches</source>
        <translation>个音高</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>音域</translation>
    </message>
    <message>
        <source>semitones</source>
        <translation>半音</translation>
    </message>
    <message>
        <source>Interval</source>
        <translation>音程</translation>
    </message>
    <message>
        <source>Onset interval</source>
        <translation>起音间隔</translation>
    </message>
    <message>
        <source>quarters</source>
        <translation>四分音符</translation>
    </message>
    <message>
        <source>Pitch-class entropy</source>
        <translation>音级熵</translation>
    </message>
    <message>
        <source>bits</source>
        <translation>比特</translation>
    </message>
    <message>
        <source>Scale consistency</source>
        <translation>音阶一致性</translation>
    </message>
    <message>
        <source>Groove consistency</source>
        <translation>律动一致性</translation>
    </message>
    <message>
        <source>Repeated bars</source>
        <translation>重复出现的小节</translation>
    </message>
    <message>
        <source>Samples that end on the tonic</source>
        <translation>以主音结束的样本</translation>
    </message>
    <message>
        <source>Real pieces that end on the tonic</source>
        <translation>真实乐曲中的比例</translation>
    </message>
    <message>
        <source>Pitch classes</source>
        <translation>音级</translation>
    </message>
    <message>
        <source>Pitch-class transitions</source>
        <translation>音级转移</translation>
    </message>
    <message>
        <source>Note values</source>
        <translation>音符时值</translation>
    </message>
    <message>
        <source>Note-value transitions</source>
        <translation>时值转移</translation>
    </message>
    <message>
        <source>Voices</source>
        <translation>声部</translation>
    </message>
    <message>
        <source>Held-out pieces</source>
        <translation>留出作品</translation>
    </message>
    <message>
        <source>Overlap of histograms</source>
        <translation>直方图重叠</translation>
    </message>
    <message>
        <source>Distance within held-out pieces</source>
        <translation>留出作品内部的距离</translation>
    </message>
    <message>
        <source>Distance within samples</source>
        <translation>采样内部的距离</translation>
    </message>
    <message>
        <source>Distance between both</source>
        <translation>两者之间的距离</translation>
    </message>
    <message>
        <source>Overlap area</source>
        <translation>重叠面积</translation>
    </message>
    <message>
        <source>KL divergence</source>
        <translation>KL 散度</translation>
    </message>
    <message>
        <source>Forward perplexity</source>
        <translation>正向困惑度</translation>
    </message>
    <message>
        <source>Forward perplexity of held-out text</source>
        <translation>留出文本的正向困惑度</translation>
    </message>
    <message>
        <source>Reverse perplexity</source>
        <translation>反向困惑度</translation>
    </message>
    <message>
        <source>Reverse perplexity of training text</source>
        <translation>训练文本的反向困惑度</translation>
    </message>
    <message>
        <source>Distinct words</source>
        <translation>不同词的比例</translation>
    </message>
    <message>
        <source>Distinct words, held-out</source>
        <translation>不同词的比例，留出文本</translation>
    </message>
    <message>
        <source>Distinct pairs of words</source>
        <translation>不同词对的比例</translation>
    </message>
    <message>
        <source>Distinct pairs of words, held-out</source>
        <translation>不同词对的比例，留出文本</translation>
    </message>
    <message>
        <source>Self-BLEU</source>
        <translation>Self-BLEU</translation>
    </message>
    <message>
        <source>Self-BLEU, held-out</source>
        <translation>Self-BLEU，留出文本</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词数</translation>
    </message>
    <message>
        <source>words</source>
        <translation>个词</translation>
    </message>
    <message>
        <source>Words, held-out</source>
        <translation>词数，留出文本</translation>
    </message>
    <message>
        <source>Spread of words</source>
        <translation>词数的离散度</translation>
    </message>
    <message>
        <source>Spread of words, held-out</source>
        <translation>词数的离散度，留出文本</translation>
    </message>
    <message>
        <source>Forms of the training texts</source>
        <translation>训练文本已有的格式</translation>
    </message>
    <message>
        <source>Forms of the training texts, held-out</source>
        <translation>训练文本已有的格式，留出文本</translation>
    </message>
    <message>
        <source>Samples with a long copied passage</source>
        <translation>含长抄袭段落的采样</translation>
    </message>
    <message>
        <source>Long shared passages, held-out</source>
        <translation>含长共有段落的比例，留出作品</translation>
    </message>
    <message>
        <source>Samples that are copies</source>
        <translation>与训练作品完全相同的采样</translation>
    </message>
    <message>
        <source>Copies, held-out</source>
        <translation>完全相同的比例，留出作品</translation>
    </message>
    <message>
        <source>Longest copied passage</source>
        <translation>最长抄袭段落</translation>
    </message>
    <message>
        <source>symbols or words</source>
        <translation>符号或词</translation>
    </message>
    <message>
        <source>Longest shared passage, held-out</source>
        <translation>最长共有段落，留出作品</translation>
    </message>
    <message>
        <source>share of the piece</source>
        <translation>占作品的比例</translation>
    </message>
    <message>
        <source>Distance to the nearest training piece</source>
        <translation>到最近训练作品的距离</translation>
    </message>
    <message>
        <source>Distance to the nearest training piece, held-out</source>
        <translation>到最近训练作品的距离，留出作品</translation>
    </message>
    <message>
        <source>pieces measured</source>
        <translation>评测的作品数</translation>
    </message>
    <message>
        <source>share of tokens that are reconstructed at the same position, decoding freely</source>
        <translation>自由解码时在原位还原的词元比例</translation>
    </message>
    <message>
        <source>share of next tokens predicted correctly, given the true ones before</source>
        <translation>给定之前的真实词元时，下一个词元预测正确的比例</translation>
    </message>
    <message>
        <source>share of pieces that are reconstructed exactly</source>
        <translation>完整还原的作品比例</translation>
    </message>
    <message>
        <source>BLEU of the reconstructions, 0 to 100</source>
        <translation>还原结果的 BLEU，0 到 100</translation>
    </message>
    <message>
        <source>bound on -log p(x) by importance sampling with K samples, nats a piece</source>
        <translation>用 K 个采样作重要性采样得到的 -log p(x) 的界，每个作品的奈特数</translation>
    </message>
    <message>
        <source>K, the number of samples of the latent code for this bound; bounds with another K are not comparable</source>
        <translation>K，即所用隐变量的采样数；K 不同的界不可比较</translation>
    </message>
    <message>
        <source>evidence lower bound, nats a piece</source>
        <translation>证据下界，每个作品的奈特数</translation>
    </message>
    <message>
        <source>what the latent code costs, nats a piece</source>
        <translation>隐变量的代价，每个作品的奈特数</translation>
    </message>
    <message>
        <source>-log p(x | z), nats a piece</source>
        <translation>-log p(x | z)，每个作品的奈特数</translation>
    </message>
    <message>
        <source>perplexity: exp of the NLL a word</source>
        <translation>困惑度：每词 NLL 的指数</translation>
    </message>
    <message>
        <source>perplexity: exp of the NLL a token, the end of a piece counted as one</source>
        <translation>困惑度：每词元 NLL 的指数，作品结尾计为一个词元</translation>
    </message>
    <message>
        <source>perplexity: exp of the NLL a word, the end of a piece counted as one</source>
        <translation>困惑度：每词 NLL 的指数，作品结尾计为一个词</translation>
    </message>
    <message>
        <source>latent dimensions whose mean varies over pieces (variance above 0.01)</source>
        <translation>均值随作品变化的潜在维数（方差大于 0.01）</translation>
    </message>
    <message>
        <source>latent dimensions</source>
        <translation>潜在维数</translation>
    </message>
    <message>
        <source>mutual information of piece and latent code, over all pieces, nats</source>
        <translation>作品与隐变量之间，基于全部作品，奈特</translation>
    </message>
    <message>
        <source>share of tokens that a piece and the one with the nearest code have in common</source>
        <translation>一件作品与编码最近的作品的共同部分占两者的比例</translation>
    </message>
    <message>
        <source>the same for two random pieces</source>
        <translation>随机抽取的两件作品的同一比例</translation>
    </message>
    <message>
        <source>the largest value that this number of pieces can show, its natural logarithm</source>
        <translation>这么多作品所能显示的最大值，即其数量的自然对数</translation>
    </message>
    <message>
        <source>one minus the edit distance in characters divided by the longer length</source>
        <translation>1 减去以字符计的编辑距离与较长者长度之比</translation>
    </message>
    <message>
        <source>F1 of notes with correct onset, pitch and duration</source>
        <translation>起音、音高和时值均正确的音符，F1</translation>
    </message>
    <message>
        <source>share of the reconstructed notes that are correct</source>
        <translation>写出的音符中正确的比例</translation>
    </message>
    <message>
        <source>share of the notes of the original that are reconstructed</source>
        <translation>原作音符中得到还原的比例</translation>
    </message>
    <message>
        <source>pieces in 4/4, the only ones that step_accuracy counts</source>
        <translation>4/4 拍的作品，步准确率只统计这些作品</translation>
    </message>
    <message>
        <source>how many times each code is decoded; the most likely result is kept</source>
        <translation>每个编码解码的次数，保留其中最可能的结果</translation>
    </message>
    <message>
        <source>how far their codes lie from the likeliest ones: 1 as the prior says</source>
        <translation>编码离最可能处有多远：1 即先验所示</translation>
    </message>
    <message>
        <source>share of the bars that equal an earlier one, note for note</source>
        <translation>与前面某一小节音符完全相同的小节比例</translation>
    </message>
    <message>
        <source>share of the samples whose last note is the tonic</source>
        <translation>最后一个音为主音的样本比例</translation>
    </message>
    <message>
        <source>the same of the held-out pieces</source>
        <translation>保留乐曲中的同一比例</translation>
    </message>
    <message>
        <source>Hit F1</source>
        <translation>击打 F1</translation>
    </message>
    <message>
        <source>Hit precision</source>
        <translation>击打精确率</translation>
    </message>
    <message>
        <source>Hit recall</source>
        <translation>击打召回率</translation>
    </message>
    <message>
        <source>Timing accuracy</source>
        <translation>时间正确</translation>
    </message>
    <message>
        <source>Velocity accuracy</source>
        <translation>力度级别正确</translation>
    </message>
    <message>
        <source>F1 of hits with correct step and voice</source>
        <translation>步位与声部都正确的击打，F1</translation>
    </message>
    <message>
        <source>share of sixteenth steps that are reconstructed correctly (melodies: pieces in 4/4; drums: which voices are struck)</source>
        <translation>正确还原的十六分音符步的比例（旋律：4/4 拍的作品；鼓：击打了哪些声部）</translation>
    </message>
    <message>
        <source>share of the reconstructed hits that are correct</source>
        <translation>写出的击打中正确的比例</translation>
    </message>
    <message>
        <source>share of the hits of the original that are reconstructed</source>
        <translation>原作击打中被还原的比例</translation>
    </message>
    <message>
        <source>share of the correct hits whose level of velocity is correct</source>
        <translation>正确的击打中力度级别正确的比例</translation>
    </message>
    <message>
        <source>share of the correct hits whose time is correct to a twenty-fourth of a quarter</source>
        <translation>正确的击打中时间正确的比例，精确到四分音符的二十四分之一</translation>
    </message>
    <message>
        <source>Interpolation of the summary alone</source>
        <translation>仅摘要的插值</translation>
    </message>
    <message>
        <source>ELBO, no details</source>
        <translation>ELBO（无细节）</translation>
    </message>
    <message>
        <source>KL of the summary</source>
        <translation>摘要的 KL</translation>
    </message>
    <message>
        <source>Active units of the summary</source>
        <translation>摘要的活跃维度</translation>
    </message>
    <message>
        <source>Copied in the middles</source>
        <translation>中点照搬的部分</translation>
    </message>
    <message>
        <source>Copied at a quarter</source>
        <translation>四分之一处照搬的部分</translation>
    </message>
    <message>
        <source>Nearer to the near end at a quarter</source>
        <translation>四分之一处更接近该端</translation>
    </message>
    <message>
        <source>Betweenness of the middles</source>
        <translation>中点的居间度</translation>
    </message>
    <message>
        <source>Betweenness of other pieces</source>
        <translation>其他作品的居间度</translation>
    </message>
    <message>
        <source>Different steps</source>
        <translation>不同的步</translation>
    </message>
    <message>
        <source>Steps whose bars are full</source>
        <translation>各小节完整的步</translation>
    </message>
    <message>
        <source>evidence lower bound where all details are blank, nats a piece</source>
        <translation>全部细节留空时的证据下界，每作品奈特数</translation>
    </message>
    <message>
        <source>what the summary costs, nats a piece</source>
        <translation>摘要的代价，每作品奈特数</translation>
    </message>
    <message>
        <source>dimensions of the summary whose mean varies over pieces (variance above 0.01)</source>
        <translation>均值随作品变化（方差大于 0.01）的摘要维度数</translation>
    </message>
    <message>
        <source>share of the bars of the middles (of text: runs of three words) that occur in either end</source>
        <translation>中点的小节（文本：连续三个词）中原样出现在任一端的比例</translation>
    </message>
    <message>
        <source>share of the bars, or runs of three words, a quarter of the path from an end that occur in that end</source>
        <translation>距一端四分之一处的内容中原样出现在该端的比例</translation>
    </message>
    <message>
        <source>share of the pieces a quarter of the path from an end that sound nearer to it than to the other end</source>
        <translation>距一端四分之一处的作品中，听起来更接近该端而非另一端的比例</translation>
    </message>
    <message>
        <source>1: the middles sound as if on the straight line between their ends; 0: as far from them as any piece</source>
        <translation>1：听起来中点正在两端的直线上；0：与两端的距离和任意作品一样远</translation>
    </message>
    <message>
        <source>the same for another held-out piece in place of the middle</source>
        <translation>以另一首留出作品代替中点时的同一数值</translation>
    </message>
    <message>
        <source>number of different steps of a path</source>
        <translation>一条路径上互不相同的步数</translation>
    </message>
    <message>
        <source>share of the steps between the ends whose every bar is full</source>
        <translation>两端之间每个小节都完整的步所占比例</translation>
    </message>
    <message>
        <source>pairs of pieces interpolated between</source>
        <translation>进行插值的作品对数</translation>
    </message>
    <message>
        <source>Melodies harmonised</source>
        <translation>为旋律配和弦</translation>
    </message>
    <message>
        <source>Forecasts</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>one minus the edit distance in words divided by the longer length</source>
        <translation>一减去以词计的编辑距离与较长者长度之比</translation>
    </message>
    <message>
        <source>Level accuracy</source>
        <translation>级别准确率</translation>
    </message>
    <message>
        <source>share of the steps of time series whose level is at most one away (0.05 deviations)</source>
        <translation>时间序列中级别相差至多一级（0.05 个标准差）的步所占的比例</translation>
    </message>
    <message>
        <source>Deviation</source>
        <translation>偏差</translation>
    </message>
    <message>
        <source>deviations</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>mean absolute difference of the values of time series, in standard deviations</source>
        <translation>时间序列各值的平均绝对差，以标准差计</translation>
    </message>
    <message>
        <source>Chord roots</source>
        <translation>和弦根音</translation>
    </message>
    <message>
        <source>share of the half bars whose chord symbol has the correct root</source>
        <translation>和弦标记根音正确的半小节比例</translation>
    </message>
    <message>
        <source>Chords</source>
        <translation>和弦</translation>
    </message>
    <message>
        <source>share of the half bars whose chord symbol has the correct root and quality</source>
        <translation>和弦标记的根音和性质都正确的半小节比例</translation>
    </message>
    <message>
        <source>steps from one to the other, both included</source>
        <translation>从一端到另一端的步数，包括两端</translation>
    </message>
    <message>
        <source>share of steps that do not go back</source>
        <translation>不回退的步的比例</translation>
    </message>
    <message>
        <source>Spearman correlation of position on the path and distance to its ends</source>
        <translation>路径位置与到两端距离的相关（Spearman）</translation>
    </message>
    <message>
        <source>largest step back of the mean curves, 0 where they are monotone</source>
        <translation>平均曲线的最大回退，单调时为 0</translation>
    </message>
    <message>
        <source>standard error of the largest step back</source>
        <translation>该步的标准误</translation>
    </message>
    <message>
        <source>largest step divided by the mean step, mean over pairs</source>
        <translation>最大步与平均步之比，对各对取均值</translation>
    </message>
    <message>
        <source>share of pairs whose largest step is under 3 mean steps</source>
        <translation>其中小于 3 的对的比例</translation>
    </message>
    <message>
        <source>largest step divided by the mean step, of the mean curve</source>
        <translation>平均曲线的最大步与平均步之比</translation>
    </message>
    <message>
        <source>share of pairs whose ends are the reconstructions</source>
        <translation>端点即为重构结果的对的比例</translation>
    </message>
    <message>
        <source>Copied in the middles, part by part</source>
        <translation>中点照搬的部分，逐声部</translation>
    </message>
    <message>
        <source>share of the bars of single parts, with notes, of the middles that occur in either end</source>
        <translation>中点各个声部中有音符的小节原样出现在任一端的比例</translation>
    </message>
    <message>
        <source>Copied in other pieces, part by part</source>
        <translation>其他作品照搬的部分，逐声部</translation>
    </message>
    <message>
        <source>Middles in one key</source>
        <translation>处于同一调的中点</translation>
    </message>
    <message>
        <source>share of the middles whose parts all have 0.8 of their time in one scale</source>
        <translation>各声部都有 0.8 的时间属于同一音阶的中点比例</translation>
    </message>
    <message>
        <source>Ends in one key</source>
        <translation>处于同一调的端点</translation>
    </message>
    <message>
        <source>the same of the ends, which are real pieces</source>
        <translation>同上，端点，即真实作品</translation>
    </message>
    <message>
        <source>n-gram cost of these pieces, nats a token</source>
        <translation>这些作品的 n-gram 代价，每词元奈特数</translation>
    </message>
    <message>
        <source>n-gram cost of the middles of the paths, nats a token</source>
        <translation>路径中间点的 n-gram 代价，每词元奈特数</translation>
    </message>
    <message>
        <source>n-gram cost of the pairs mixed in the data, nats a token</source>
        <translation>在数据中混合的作品对的 n-gram 代价，每词元奈特数</translation>
    </message>
    <message>
        <source>cost of the middles divided by that of these pieces</source>
        <translation>中间点的代价与这些作品的代价之比</translation>
    </message>
    <message>
        <source>cost of the mixed pairs divided by that of these pieces</source>
        <translation>混合作品的代价与这些作品的代价之比</translation>
    </message>
    <message>
        <source>samples of the model, drawn from the prior or from a language model</source>
        <translation>模型的采样：取自先验，或取自语言模型</translation>
    </message>
    <message>
        <source>held-out pieces that they are compared with</source>
        <translation>与采样对照的留出作品</translation>
    </message>
    <message>
        <source>how they are drawn: 1 as the model predicts, 0 the likeliest token</source>
        <translation>抽取方式：1 按模型的预测，0 取最可能的词元</translation>
    </message>
    <message>
        <source>the likeliest tokens that together have this probability are drawn from</source>
        <translation>从合计达到此概率的最可能词元中抽取</translation>
    </message>
    <message>
        <source>share of the samples that end by themselves</source>
        <translation>自行结束的采样比例</translation>
    </message>
    <message>
        <source>share of the samples whose every bar is exactly full</source>
        <translation>每小节都恰好填满的采样比例</translation>
    </message>
    <message>
        <source>series</source>
        <translation>序列</translation>
    </message>
    <message>
        <source>held-out time series whose last steps were forecast</source>
        <translation>预测了最后几步的留出时间序列</translation>
    </message>
    <message>
        <source>Scaled error against seasonal naive</source>
        <translation>相对于季节性朴素预测的标度误差</translation>
    </message>
    <message>
        <source>mean absolute scaled error of the median, divided by that of the seasonal naive forecast, geometric mean</source>
        <translation>中位数的平均绝对标度误差，除以季节性朴素预测的误差，取几何平均</translation>
    </message>
    <message>
        <source>Quantile loss against seasonal naive</source>
        <translation>相对于季节性朴素预测的分位数损失</translation>
    </message>
    <message>
        <source>weighted loss of the quantiles 0.1 to 0.9, divided by that of the seasonal naive forecast, geometric mean</source>
        <translation>0.1 到 0.9 分位数的加权损失，除以季节性朴素预测的损失，取几何平均</translation>
    </message>
    <message>
        <source>Coverage of the 80 % band</source>
        <translation>80 % 区间的覆盖率</translation>
    </message>
    <message>
        <source>share of the values between the quantiles 0.1 and 0.9; 0.8 is right</source>
        <translation>落在 0.1 与 0.9 分位数之间的数值所占的比例；0.8 为正确</translation>
    </message>
    <message>
        <source>Harmonised</source>
        <translation>配和弦的作品</translation>
    </message>
    <message>
        <source>held-out pieces whose chord symbols were left out and written by the model</source>
        <translation>和弦标记被略去并由模型写出的留出作品</translation>
    </message>
    <message>
        <source>Roots as the composer&apos;s</source>
        <translation>根音与作曲者相同</translation>
    </message>
    <message>
        <source>share of the half bars with a chord symbol in which the model&apos;s has the same root</source>
        <translation>有和弦标记的半小节中，模型所写的和弦根音相同的比例</translation>
    </message>
    <message>
        <source>Chords as the composer&apos;s</source>
        <translation>和弦与作曲者相同</translation>
    </message>
    <message>
        <source>share of the half bars with a chord symbol in which the model&apos;s has the same root and quality</source>
        <translation>有和弦标记的半小节中，模型所写的和弦根音和性质都相同的比例</translation>
    </message>
    <message>
        <source>Roots, baseline</source>
        <translation>根音，基线</translation>
    </message>
    <message>
        <source>the same of a hidden Markov model trained on the same pieces</source>
        <translation>同上，用相同作品训练的隐马尔可夫模型</translation>
    </message>
    <message>
        <source>Chords, baseline</source>
        <translation>和弦，基线</translation>
    </message>
    <message>
        <source>Strong notes in the chord</source>
        <translation>拍点上的和弦内音</translation>
    </message>
    <message>
        <source>share of the melody&apos;s notes on beats that are in the model&apos;s chord</source>
        <translation>旋律落在拍点上的音符中属于模型所写和弦的比例</translation>
    </message>
    <message>
        <source>Strong notes in the chord, baseline</source>
        <translation>拍点上的和弦内音，基线</translation>
    </message>
    <message>
        <source>the same of the chords of the hidden Markov model</source>
        <translation>同上，隐马尔可夫模型的和弦</translation>
    </message>
    <message>
        <source>Strong notes in the chord, held-out</source>
        <translation>拍点上的和弦内音，留出作品</translation>
    </message>
    <message>
        <source>the same of the chords of the composers</source>
        <translation>同上，作曲者的和弦</translation>
    </message>
    <message>
        <source>notes of a piece</source>
        <translation>一个作品的音符数</translation>
    </message>
    <message>
        <source>different pitches of a piece</source>
        <translation>一个作品中不同音高的数量</translation>
    </message>
    <message>
        <source>highest minus lowest pitch, semitones</source>
        <translation>最高音减最低音，半音</translation>
    </message>
    <message>
        <source>mean interval of a note to the next, semitones</source>
        <translation>相邻音符的平均音程，半音</translation>
    </message>
    <message>
        <source>mean time from an onset to the next, quarters</source>
        <translation>相邻起音的平均时间间隔，四分音符</translation>
    </message>
    <message>
        <source>entropy of the pitch classes of the notes, bits</source>
        <translation>音符音级的熵，比特</translation>
    </message>
    <message>
        <source>largest share of notes in one major or minor scale</source>
        <translation>音符属于同一大调或小调音阶的最大比例</translation>
    </message>
    <message>
        <source>one minus the share of the 64 positions of a bar where the onsets of the next bar differ</source>
        <translation>1 减去小节 64 个位置中与下一小节起音不同的比例</translation>
    </message>
    <message>
        <source>share of the sounding time of each pitch class</source>
        <translation>各音级发声时间的比例</translation>
    </message>
    <message>
        <source>share of each pair of consecutive pitch classes</source>
        <translation>相邻音级对的比例</translation>
    </message>
    <message>
        <source>share of each note value</source>
        <translation>各音符时值的比例</translation>
    </message>
    <message>
        <source>share of each pair of consecutive note values</source>
        <translation>相邻时值对的比例</translation>
    </message>
    <message>
        <source>share of the hits of each voice</source>
        <translation>各声部击打的比例</translation>
    </message>
    <message>
        <source>Empty bars</source>
        <translation>空小节</translation>
    </message>
    <message>
        <source>share of the bars in which nothing sounds in the part</source>
        <translation>该声部没有发声的小节比例</translation>
    </message>
    <message>
        <source>Notes a quarter</source>
        <translation>每四分音符的音符数</translation>
    </message>
    <message>
        <source>notes a quarter</source>
        <translation>音符/四分音符</translation>
    </message>
    <message>
        <source>notes or chord symbols of the part a quarter</source>
        <translation>该声部每四分音符的音符数或和弦标记数</translation>
    </message>
    <message>
        <source>Pitch classes a bar</source>
        <translation>每小节的音级数</translation>
    </message>
    <message>
        <source>pitch classes</source>
        <translation>个音级</translation>
    </message>
    <message>
        <source>different pitch classes of a bar in which something sounds in the part</source>
        <translation>该声部有发声的小节中不同音级的数量</translation>
    </message>
    <message>
        <source>Notes at once</source>
        <translation>同时发声的音符数</translation>
    </message>
    <message>
        <source>notes of the part that sound at once, while some do</source>
        <translation>该声部有音发声时，同时发声的音符数</translation>
    </message>
    <message>
        <source>Tonal distance of parts</source>
        <translation>声部间的调性距离</translation>
    </message>
    <message>
        <source>distance of the tonal centroids of two parts in a beat</source>
        <translation>一拍内两个声部的调性质心之间的距离</translation>
    </message>
    <message>
        <source>Pitch classes in common</source>
        <translation>共有的音级</translation>
    </message>
    <message>
        <source>overlap of the pitch classes of two parts in a beat</source>
        <translation>一拍内两个声部的音级重叠的比例</translation>
    </message>
    <message>
        <source>Parallel fifths</source>
        <translation>平行五度</translation>
    </message>
    <message>
        <source>per 100 notes</source>
        <translation>每 100 个音符</translation>
    </message>
    <message>
        <source>two fifths in a row between two voices that move alike, per 100 notes of the samples</source>
        <translation>两个声部同向进行时连续出现两个五度的次数，按采样的每 100 个音符计</translation>
    </message>
    <message>
        <source>Parallel fifths, held-out</source>
        <translation>平行五度，留出作品</translation>
    </message>
    <message>
        <source>Parallel octaves</source>
        <translation>平行八度</translation>
    </message>
    <message>
        <source>two octaves or unisons in a row between two voices that move alike, per 100 notes of the samples</source>
        <translation>两个声部同向进行时连续出现两个八度或同度的次数，按采样的每 100 个音符计</translation>
    </message>
    <message>
        <source>Parallel octaves, held-out</source>
        <translation>平行八度，留出作品</translation>
    </message>
    <message>
        <source>Voice crossings</source>
        <translation>声部交叉</translation>
    </message>
    <message>
        <source>times that an upper voice sounds below a lower one, per 100 notes of the samples</source>
        <translation>较高的声部低于较低的声部的次数，按采样的每 100 个音符计</translation>
    </message>
    <message>
        <source>Voice crossings, held-out</source>
        <translation>声部交叉，留出作品</translation>
    </message>
    <message>
        <source>Notes out of range</source>
        <translation>超出音域的音符</translation>
    </message>
    <message>
        <source>notes outside the range of their instrument, per 100 notes of the samples</source>
        <translation>超出其乐器音域的音符数，按采样的每 100 个音符计</translation>
    </message>
    <message>
        <source>Notes out of range, held-out</source>
        <translation>超出音域的音符，留出作品</translation>
    </message>
    <message>
        <source>Parts in one key</source>
        <translation>处于同一调的声部</translation>
    </message>
    <message>
        <source>share of the samples whose parts all have 0.8 of their time in one scale</source>
        <translation>各声部都有 0.8 的时间属于同一音阶的采样比例</translation>
    </message>
    <message>
        <source>Parts in one key, held-out</source>
        <translation>处于同一调的声部，留出作品</translation>
    </message>
    <message>
        <source>mean over held-out pieces</source>
        <translation>留出作品的均值</translation>
    </message>
    <message>
        <source>mean over samples</source>
        <translation>采样的均值</translation>
    </message>
    <message>
        <source>overlap of the histograms of both, 0 to 1</source>
        <translation>两者直方图的重叠，0 到 1</translation>
    </message>
    <message>
        <source>mean distance of two held-out pieces</source>
        <translation>两个留出作品之间的平均距离</translation>
    </message>
    <message>
        <source>mean distance of two samples</source>
        <translation>两个采样之间的平均距离</translation>
    </message>
    <message>
        <source>mean distance of a held-out piece and a sample</source>
        <translation>留出作品与采样之间的平均距离</translation>
    </message>
    <message>
        <source>overlap of the densities of the distances intra_real and inter: 1 where samples are like real pieces</source>
        <translation>留出作品内部距离与两者之间距离的密度重叠：采样与真实作品无异时为 1</translation>
    </message>
    <message>
        <source>KL divergence of the second of these densities from the first, nats</source>
        <translation>后一密度相对前一密度的 KL 散度，奈特</translation>
    </message>
    <message>
        <source>perplexity a word of the samples under a 5-gram model of the training text</source>
        <translation>训练文本的 5-gram 模型对采样的每词困惑度</translation>
    </message>
    <message>
        <source>the same of held-out text</source>
        <translation>同上，留出文本</translation>
    </message>
    <message>
        <source>perplexity a word of held-out text under a 5-gram model of the samples</source>
        <translation>采样的 5-gram 模型对留出文本的每词困惑度</translation>
    </message>
    <message>
        <source>the same with as many training texts as there are samples</source>
        <translation>同上，使用与采样数相同的训练文本</translation>
    </message>
    <message>
        <source>different words divided by all words of the samples</source>
        <translation>采样中不同词数与总词数之比</translation>
    </message>
    <message>
        <source>the same of as many held-out texts</source>
        <translation>同上，数量相同的留出文本</translation>
    </message>
    <message>
        <source>different pairs of consecutive words divided by all pairs</source>
        <translation>不同词对数与全部词对数之比</translation>
    </message>
    <message>
        <source>mean BLEU-4 of a sample with the others as references, 0 to 100; high where they are alike</source>
        <translation>以其余采样为参照的平均 BLEU-4，0 到 100；彼此相似时较高</translation>
    </message>
    <message>
        <source>mean number of words of a sample</source>
        <translation>采样的平均词数</translation>
    </message>
    <message>
        <source>standard deviation of that number</source>
        <translation>该数的标准差</translation>
    </message>
    <message>
        <source>share of the samples whose number of lines and characters per line occurs in the training texts</source>
        <translation>行数与每行字数见于某训练文本的采样比例</translation>
    </message>
    <message>
        <source>the same of held-out texts</source>
        <translation>同上，留出文本</translation>
    </message>
    <message>
        <source>share of the samples with a passage of two bars, or eight words, of a training piece</source>
        <translation>含训练作品中两小节或八个词的段落的采样比例</translation>
    </message>
    <message>
        <source>the same of held-out pieces</source>
        <translation>同上，留出作品</translation>
    </message>
    <message>
        <source>share of the samples that are a training piece</source>
        <translation>与某训练作品相同的采样比例</translation>
    </message>
    <message>
        <source>longest passage that a sample shares with a training piece, symbols or words, mean</source>
        <translation>采样与训练作品共有的最长段落，以符号或词计，均值</translation>
    </message>
    <message>
        <source>length of that passage divided by that of the sample, mean</source>
        <translation>该段落与采样长度之比，均值</translation>
    </message>
    <message>
        <source>edit distance to the nearest training piece divided by the longer length, mean; 0 for a copy</source>
        <translation>到最近训练作品的编辑次数与较长者长度之比的均值；完全相同为 0</translation>
    </message>
    <message>
        <source>Measure with ways to see curves.</source>
        <translation>测量时带上路径即可看到曲线。</translation>
    </message>
    <message>
        <source>Measure with new pieces; what they are near to is shown while the window is open.</source>
        <translation>测量时带上新作品；它们与什么相近，会在窗口打开期间显示。</translation>
    </message>
    <message>
        <source>There are no figures yet.</source>
        <translation>还没有指标。</translation>
    </message>
    <message>
        <source>a long passage</source>
        <translation>长段落</translation>
    </message>
    <message>
        <source>measured on the {on}</source>
        <translation>评测数据：{on}</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>尚未评测</translation>
    </message>
    <message>
        <source>train split of {corpus}</source>
        <translation>{corpus} 的训练划分</translation>
    </message>
    <message>
        <source>valid split of {corpus}</source>
        <translation>{corpus} 的验证划分</translation>
    </message>
    <message>
        <source>test split of {corpus}</source>
        <translation>{corpus} 的测试划分</translation>
    </message>
    <message>
        <source>Nothing has been measured of {name} yet.

Measuring shows how much of a piece comes back, how likely the model finds pieces that it has not seen, how much of its latent space is in use, and how smooth the way between two pieces is.</source>
        <translation>{name} 尚未评测。

评测会显示作品能还原多少、模型认为没见过的作品有多大可能、潜在空间用到了多少，以及两个作品之间的过渡有多平滑。</translation>
    </message>
    <message>
        <source>{count} pieces</source>
        <translation>{count} 个作品</translation>
    </message>
    <message>
        <source>Measured on other pieces than {first}, and so not compared with it: {others}.</source>
        <translation>以下模型所用的评测作品与 {first} 不同，因此不与其比较：{others}。</translation>
    </message>
    <message>
        <source>Not measured yet: {names}.</source>
        <translation>尚未评测：{names}。</translation>
    </message>
    <message>
        <source>Their tokenizers differ: figures that count tokens are not compared.</source>
        <translation>它们的分词器不同：以词元计的指标不作比较。</translation>
    </message>
    <message>
        <source>The table is on the clipboard.</source>
        <translation>表格已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Copy as a table</source>
        <translation>复制为表格</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>Tabs between the cells, every digit</source>
        <translation>制表符分隔，保留全部数位</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Nearest training pieces</source>
        <translation>最近的训练作品</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>采样</translation>
    </message>
    <message>
        <source>Longest shared</source>
        <translation>最长共有段</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>Nearest training piece</source>
        <translation>最近的训练作品</translation>
    </message>
    <message>
        <source>Its source</source>
        <translation>其来源</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Find a piece</source>
        <translation>查找作品</translation>
    </message>
    <message>
        <source>Samples beside the training pieces nearest to them</source>
        <translation>采样及与之最接近的训练作品</translation>
    </message>
    <message>
        <source>Figures or curves</source>
        <translation>指标或曲线</translation>
    </message>
</context>
<context>
    <name>Filling</name>
    <message>
        <source>End {letter}: {title}</source>
        <translation>端点 {letter}：{title}</translation>
    </message>
    <message>
        <source>Edit {title}</source>
        <translation>编辑 {title}</translation>
    </message>
    <message>
        <source>No model that is installed writes chord symbols; train one of lead sheets, or get one.</source>
        <translation>已安装的模型都不写和弦标记；请训练一个旋律谱模型，或获取一个。</translation>
    </message>
    <message>
        <source>No model that is installed writes parts for a melody; train one of scores, or get one.</source>
        <translation>已安装的模型都不为旋律写声部；请训练一个乐谱模型，或获取一个。</translation>
    </message>
    <message>
        <source>Clear end {letter}</source>
        <translation>清除端点 {letter}</translation>
    </message>
    <message>
        <source>Other part of end {letter}</source>
        <translation>更换端点 {letter} 的选段</translation>
    </message>
    <message>
        <source>Back to A</source>
        <translation>回到 A</translation>
    </message>
    <message>
        <source>Swap A and B</source>
        <translation>交换 A 和 B</translation>
    </message>
    <message>
        <source>Open an end</source>
        <translation>打开文件作为端点</translation>
    </message>
    <message>
        <source>Choose a piece and press Enter to make it an end.</source>
        <translation>选择一个作品并按回车键，即可设为端点。</translation>
    </message>
    <message>
        <source>There is nothing on the clipboard that can be an end.</source>
        <translation>剪贴板中没有可用作端点的内容。</translation>
    </message>
    <message>
        <source>Begin with an example</source>
        <translation>从示例开始</translation>
    </message>
    <message>
        <source>Random {number}</source>
        <translation>随机 {number}</translation>
    </message>
    <message>
        <source>Random ends</source>
        <translation>随机端点</translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>Search titles, sources and files</source>
        <translation>搜索标题、来源和文件</translation>
    </message>
    <message>
        <source>Search the library</source>
        <translation>搜索作品库</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>生成方式</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>全部类型</translation>
    </message>
    <message>
        <source>Made any way</source>
        <translation>全部生成方式</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新的在前</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>最早的在前</translation>
    </message>
    <message>
        <source>By title</source>
        <translation>按标题</translation>
    </message>
    <message>
        <source>By kind</source>
        <translation>按类型</translation>
    </message>
    <message>
        <source>Every model</source>
        <translation>全部模型</translation>
    </message>
    <message>
        <source>Any tag</source>
        <translation>全部标签</translation>
    </message>
</context>
<context>
    <name>Finder</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search places, actions, models and pieces</source>
        <translation>搜索页面、操作、模型和作品</translation>
    </message>
    <message>
        <source>Search places, actions, models and pieces  (Ctrl+K)</source>
        <translation>搜索页面、操作、模型和作品  (Ctrl+K)</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>搜索结果</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>没有找到。</translation>
    </message>
    <message>
        <source>This piece is not of the kind that the model knows.</source>
        <translation>此作品不属于当前模型能处理的类型。</translation>
    </message>
</context>
<context>
    <name>Folders</name>
    <message>
        <source>Music and text</source>
        <translation>音乐和文字</translation>
    </message>
    <message>
        <source>Music</source>
        <translation>音乐</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
</context>
<context>
    <name>Foot</name>
    <message>
        <source>It is being written.</source>
        <translation>正在写入。</translation>
    </message>
    <message>
        <source>It ends after the file that is being written.</source>
        <translation>写完当前文件后停止。</translation>
    </message>
    <message>
        <source>Stopped: {done} of {total} files were written, each of them whole.</source>
        <translation>已停止：已写入 {done} 个文件（共 {total} 个），每个文件都是完整的。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>Set {name} back to the preset</source>
        <translation>将“{name}”恢复为预设值</translation>
    </message>
    <message>
        <source>to bar</source>
        <translation>到小节</translation>
    </message>
</context>
<context>
    <name>FormatList</name>
    <message>
        <source>Formats</source>
        <translation>格式</translation>
    </message>
</context>
<context>
    <name>GatherBar</name>
    <message>
        <source>Nothing is chosen yet.</source>
        <translation>还没有选中任何作品。</translation>
    </message>
    <message>
        <source>Give the collection a name.</source>
        <translation>请给合集起个名字。</translation>
    </message>
    <message>
        <source>The pieces are being made …</source>
        <translation>正在生成这些作品……</translation>
    </message>
    <message>
        <source>Drag around pieces to choose them, or click one after another. With Shift they are added.</source>
        <translation>拖动圈住作品即可选中，也可以逐个点击。按住 Shift 会加到已选的里面。</translation>
    </message>
    <message>
        <source>{count} pieces are chosen; {most} of them, spread evenly, are taken.</source>
        <translation>选中了 {count} 首；从中均匀取 {most} 首。</translation>
    </message>
    <message>
        <source>{count} pieces are chosen.</source>
        <translation>选中了 {count} 首。</translation>
    </message>
    <message>
        <source>One piece is chosen.</source>
        <translation>选中了一首。</translation>
    </message>
    <message>
        <source>{count} pieces are in the library under “{name}”.</source>
        <translation>{count} 首已放入作品库，标签为“{name}”。</translation>
    </message>
    <message>
        <source>The piece is in the library under “{name}”.</source>
        <translation>这首作品已放入作品库，标签为“{name}”。</translation>
    </message>
    <message>
        <source>Name of the collection</source>
        <translation>合集的名字</translation>
    </message>
    <message>
        <source>Make a collection</source>
        <translation>做成合集</translation>
    </message>
    <message>
        <source>Play one after another</source>
        <translation>依次播放</translation>
    </message>
    <message>
        <source>Learn from these</source>
        <translation>向这些学习</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
</context>
<context>
    <name>Head</name>
    <message>
        <source>Make it (Ctrl+Return)</source>
        <translation>生成 (Ctrl+Return)</translation>
    </message>
    <message>
        <source>Other ends, drawn from what the model has learned (Ctrl+R)</source>
        <translation>换一组端点，从模型学到的内容中抽取 (Ctrl+R)</translation>
    </message>
    <message>
        <source>A change has one result; move the sliders instead.</source>
        <translation>“改变”只有一个结果；请改为移动滑块。</translation>
    </message>
    <message>
        <source>Others in their place (Ctrl+R)</source>
        <translation>换一批 (Ctrl+R)</translation>
    </message>
    <message>
        <source>Swap A and B (Ctrl+Shift+X)</source>
        <translation>交换 A 和 B (Ctrl+Shift+X)</translation>
    </message>
    <message>
        <source>Both ends are empty.</source>
        <translation>两个端点都是空的。</translation>
    </message>
    <message>
        <source>Make</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>换一批</translation>
    </message>
    <message>
        <source>Swap A and B</source>
        <translation>交换 A 和 B</translation>
    </message>
    <message>
        <source>Being made</source>
        <translation>正在生成</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop what is being made (Esc)</source>
        <translation>停止生成 (Esc)</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
</context>
<context>
    <name>HelpDialog</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Pages of help</source>
        <translation>帮助页</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>新功能</translation>
    </message>
</context>
<context>
    <name>HistoryStrip</name>
    <message>
        <source>As it learns</source>
        <translation>学习过程</translation>
    </message>
    <message>
        <source>Examples of what it has learned</source>
        <translation>学习成果示例</translation>
    </message>
    <message>
        <source>Step {step}</source>
        <translation>第 {step} 步</translation>
    </message>
    <message>
        <source>The piece</source>
        <translation>原作品</translation>
    </message>
    <message>
        <source>One piece that it has not seen, and what it made of it at each evaluation; Space plays.</source>
        <translation>一个模型没见过的作品，以及每次评估时模型对它的还原；按空格键播放。</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Welcome to GenStudio</source>
        <translation>欢迎使用 GenStudio</translation>
    </message>
    <message>
        <source>From one {one} to another</source>
        <translation>从一个{one}走向另一个</translation>
    </message>
    <message>
        <source>Two {many} are the ends of a line. What stands between them was written by the model.</source>
        <translation>两个{many}是一条线的两端。它们之间的内容由模型写成。</translation>
    </message>
    <message>
        <source>{a} is at one end and {b} at the other. Between them lie {many} that nobody has written. Press Space and hear the whole way; the arrow keys go through it.</source>
        <translation>一端是 {a}，另一端是 {b}。它们之间是从未有人写过的{many}。按空格键聆听全程；用方向键逐个查看。</translation>
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
        <translation>打开自己的歌曲或文本</translation>
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
        <translation>你创作和收藏的作品都在作品库里，最近的会显示在这里。选中作品后按 F 即可收藏。</translation>
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
        <translation>打开歌曲或文本</translation>
    </message>
</context>
<context>
    <name>ImportPanel</name>
    <message>
        <source>Looking what is in there …</source>
        <translation>正在查看文件内容…</translation>
    </message>
    <message>
        <source>Found in {count} of the files: metres {metres}; keys {keys}.</source>
        <translation>在 {count} 个文件中发现：拍号 {metres}；调 {keys}。</translation>
    </message>
    <message>
        <source>Found in {count} of the files: metres {metres}.</source>
        <translation>在 {count} 个文件中发现：拍号 {metres}。</translation>
    </message>
    <message>
        <source>Nothing in there can be read: expected MIDI, ABC, MusicXML or text.</source>
        <translation>没有可读取的内容：支持 MIDI、ABC、MusicXML 或文本。</translation>
    </message>
    <message>
        <source>Of other kinds, not read: {count} ({kinds})</source>
        <translation>其他类型，未读取：{count}（{kinds}）</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>声部</translation>
    </message>
    <message>
        <source>All; or names, numbers or roles, such as melody, bass</source>
        <translation>全部；或名称、编号、角色，例如 melody, bass</translation>
    </message>
    <message>
        <source>Learn a new one</source>
        <translation>学习新的词表</translation>
    </message>
    <message>
        <source>That of {model}</source>
        <translation>{model} 的词表</translation>
    </message>
    <message>
        <source>without a suffix</source>
        <translation>无扩展名</translation>
    </message>
    <message>
        <source>Choose a folder or files first.</source>
        <translation>请先选择文件夹或文件。</translation>
    </message>
    <message>
        <source>Wait until it is clear what is in there.</source>
        <translation>请等待文件内容检查完成。</translation>
    </message>
    <message>
        <source>None of the files is of this kind; choose another kind.</source>
        <translation>没有这种类型的文件，请选择其他类型。</translation>
    </message>
    <message>
        <source>Choose the column that holds the text.</source>
        <translation>请选择包含文本的列。</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>请输入名称。</translation>
    </message>
    <message>
        <source>New corpus</source>
        <translation>新建语料库</translation>
    </message>
    <message>
        <source>A corpus is what a model learns from: songs or sentences, cut into phrases. Everything that cannot be used is listed with its reason.</source>
        <translation>语料库是模型学习的素材，由切成乐句的歌曲或一个个句子组成。无法使用的内容会全部列出，并注明原因。</translation>
    </message>
    <message>
        <source>Drop a folder or files here</source>
        <translation>将文件夹或文件拖放到这里</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Take what comes along</source>
        <translation>使用随附的作品</translation>
    </message>
    <message>
        <source>Build the corpus</source>
        <translation>构建语料库</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name of the corpus</source>
        <translation>语料库名称</translation>
    </message>
    <message>
        <source>To learn</source>
        <translation>学习内容</translation>
    </message>
    <message>
        <source>What is to be learned from it</source>
        <translation>要从中学习的内容</translation>
    </message>
    <message>
        <source>Files and folders that are taken</source>
        <translation>已选的文件和文件夹</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>更多设置</translation>
    </message>
    <message>
        <source>Track</source>
        <translation>音轨</translation>
    </message>
    <message>
        <source>The one that looks like the melody; or its name or number in every file</source>
        <translation>看起来像旋律的那一条；或每个文件中它的名称或编号</translation>
    </message>
    <message>
        <source>Whose vocabulary</source>
        <translation>用谁的词表</translation>
    </message>
    <message>
        <source>With that of a model the corpus fits a training that goes on from it</source>
        <translation>使用某个模型的词表，语料库就适合在该模型上继续训练</translation>
    </message>
</context>
<context>
    <name>Importer</name>
    <message>
        <source>The import ended unexpectedly; nothing was written. Try it once more, with fewer files.</source>
        <translation>导入意外中断，没有写入任何内容。请减少文件后重试。</translation>
    </message>
</context>
<context>
    <name>Importing</name>
    <message>
        <source>Building {name}</source>
        <translation>正在构建 {name}</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>Looking for duplicates</source>
        <translation>正在查找重复项</translation>
    </message>
    <message>
        <source>Learning the vocabulary</source>
        <translation>正在学习词表</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>正在编码</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>正在写入</translation>
    </message>
    <message>
        <source>{done} of {total} files</source>
        <translation>{done}/{total} 个文件</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>It is being stopped.</source>
        <translation>正在停止。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel the import</source>
        <translation>取消导入</translation>
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
        <source>Piece</source>
        <translation>作品</translation>
    </message>
    <message>
        <source>Show or fold: {section}</source>
        <translation>展开或收起：{section}</translation>
    </message>
    <message>
        <source>With</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Seen by</source>
        <translation>由此模型看</translation>
    </message>
    <message>
        <source>Norm</source>
        <translation>范数</translation>
    </message>
    <message>
        <source>Select a piece, and its facts are here: key, metre, tempo, notes, and how it was made.</source>
        <translation>选择一个作品，这里会显示其信息：调、拍号、速度、音符及其来历。</translation>
    </message>
    <message>
        <source>How it was made</source>
        <translation>来历</translation>
    </message>
    <message>
        <source>Most like it</source>
        <translation>最相似的</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>实验室</translation>
    </message>
    <message>
        <source>As</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来自</translation>
    </message>
    <message>
        <source>Way from A to B</source>
        <translation>从 A 到 B 的位置</translation>
    </message>
    <message>
        <source>Latent numbers</source>
        <translation>隐变量数</translation>
    </message>
    <message>
        <source>Distances to the most like it</source>
        <translation>与最相似者的距离</translation>
    </message>
    <message>
        <source>Number in the library</source>
        <translation>作品库编号</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
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
        <source>Job</source>
        <translation>任务编号</translation>
    </message>
</context>
<context>
    <name>Instruments</name>
    <message>
        <source>Piano</source>
        <translation>钢琴</translation>
    </message>
    <message>
        <source>Chromatic percussion</source>
        <translation>有音高打击乐</translation>
    </message>
    <message>
        <source>Organ</source>
        <translation>风琴</translation>
    </message>
    <message>
        <source>Guitar</source>
        <translation>吉他</translation>
    </message>
    <message>
        <source>Bass</source>
        <translation>贝斯</translation>
    </message>
    <message>
        <source>Strings</source>
        <translation>弦乐</translation>
    </message>
    <message>
        <source>Ensemble</source>
        <translation>合奏</translation>
    </message>
    <message>
        <source>Brass</source>
        <translation>铜管</translation>
    </message>
    <message>
        <source>Reed</source>
        <translation>簧管</translation>
    </message>
    <message>
        <source>Pipe</source>
        <translation>笛类</translation>
    </message>
    <message>
        <source>Synth lead</source>
        <translation>合成主音</translation>
    </message>
    <message>
        <source>Synth pad</source>
        <translation>合成铺底</translation>
    </message>
    <message>
        <source>Synth effects</source>
        <translation>合成效果</translation>
    </message>
    <message>
        <source>World</source>
        <translation>民族乐器</translation>
    </message>
    <message>
        <source>Percussive</source>
        <translation>打击乐</translation>
    </message>
    <message>
        <source>Sound effects</source>
        <translation>音效</translation>
    </message>
    <message>
        <source>Acoustic Grand Piano</source>
        <translation>原声大钢琴</translation>
    </message>
    <message>
        <source>Bright Acoustic Piano</source>
        <translation>明亮原声钢琴</translation>
    </message>
    <message>
        <source>Electric Grand Piano</source>
        <translation>电声大钢琴</translation>
    </message>
    <message>
        <source>Honky-tonk Piano</source>
        <translation>酒吧钢琴</translation>
    </message>
    <message>
        <source>Electric Piano 1</source>
        <translation>电钢琴 1</translation>
    </message>
    <message>
        <source>Electric Piano 2</source>
        <translation>电钢琴 2</translation>
    </message>
    <message>
        <source>Harpsichord</source>
        <translation>羽管键琴</translation>
    </message>
    <message>
        <source>Clavinet</source>
        <translation>电击弦古钢琴</translation>
    </message>
    <message>
        <source>Celesta</source>
        <translation>钢片琴</translation>
    </message>
    <message>
        <source>Glockenspiel</source>
        <translation>钟琴</translation>
    </message>
    <message>
        <source>Music Box</source>
        <translation>八音盒</translation>
    </message>
    <message>
        <source>Vibraphone</source>
        <translation>颤音琴</translation>
    </message>
    <message>
        <source>Marimba</source>
        <translation>马林巴</translation>
    </message>
    <message>
        <source>Xylophone</source>
        <translation>木琴</translation>
    </message>
    <message>
        <source>Tubular Bells</source>
        <translation>管钟</translation>
    </message>
    <message>
        <source>Dulcimer</source>
        <translation>扬琴</translation>
    </message>
    <message>
        <source>Drawbar Organ</source>
        <translation>拉杆风琴</translation>
    </message>
    <message>
        <source>Percussive Organ</source>
        <translation>打击风琴</translation>
    </message>
    <message>
        <source>Rock Organ</source>
        <translation>摇滚风琴</translation>
    </message>
    <message>
        <source>Church Organ</source>
        <translation>教堂管风琴</translation>
    </message>
    <message>
        <source>Reed Organ</source>
        <translation>簧风琴</translation>
    </message>
    <message>
        <source>Accordion</source>
        <translation>手风琴</translation>
    </message>
    <message>
        <source>Harmonica</source>
        <translation>口琴</translation>
    </message>
    <message>
        <source>Tango Accordion</source>
        <translation>探戈手风琴</translation>
    </message>
    <message>
        <source>Acoustic Guitar (nylon)</source>
        <translation>原声吉他（尼龙弦）</translation>
    </message>
    <message>
        <source>Acoustic Guitar (steel)</source>
        <translation>原声吉他（钢弦）</translation>
    </message>
    <message>
        <source>Electric Guitar (jazz)</source>
        <translation>电吉他（爵士）</translation>
    </message>
    <message>
        <source>Electric Guitar (clean)</source>
        <translation>电吉他（清音）</translation>
    </message>
    <message>
        <source>Electric Guitar (muted)</source>
        <translation>电吉他（闷音）</translation>
    </message>
    <message>
        <source>Overdriven Guitar</source>
        <translation>过载吉他</translation>
    </message>
    <message>
        <source>Distortion Guitar</source>
        <translation>失真吉他</translation>
    </message>
    <message>
        <source>Guitar Harmonics</source>
        <translation>吉他泛音</translation>
    </message>
    <message>
        <source>Acoustic Bass</source>
        <translation>原声贝斯</translation>
    </message>
    <message>
        <source>Electric Bass (finger)</source>
        <translation>电贝斯（指弹）</translation>
    </message>
    <message>
        <source>Electric Bass (pick)</source>
        <translation>电贝斯（拨片）</translation>
    </message>
    <message>
        <source>Fretless Bass</source>
        <translation>无品贝斯</translation>
    </message>
    <message>
        <source>Slap Bass 1</source>
        <translation>击勾弦贝斯 1</translation>
    </message>
    <message>
        <source>Slap Bass 2</source>
        <translation>击勾弦贝斯 2</translation>
    </message>
    <message>
        <source>Synth Bass 1</source>
        <translation>合成贝斯 1</translation>
    </message>
    <message>
        <source>Synth Bass 2</source>
        <translation>合成贝斯 2</translation>
    </message>
    <message>
        <source>Violin</source>
        <translation>小提琴</translation>
    </message>
    <message>
        <source>Viola</source>
        <translation>中提琴</translation>
    </message>
    <message>
        <source>Cello</source>
        <translation>大提琴</translation>
    </message>
    <message>
        <source>Contrabass</source>
        <translation>低音提琴</translation>
    </message>
    <message>
        <source>Tremolo Strings</source>
        <translation>弦乐震音</translation>
    </message>
    <message>
        <source>Pizzicato Strings</source>
        <translation>弦乐拨奏</translation>
    </message>
    <message>
        <source>Orchestral Harp</source>
        <translation>竖琴</translation>
    </message>
    <message>
        <source>Timpani</source>
        <translation>定音鼓</translation>
    </message>
    <message>
        <source>String Ensemble 1</source>
        <translation>弦乐合奏 1</translation>
    </message>
    <message>
        <source>String Ensemble 2</source>
        <translation>弦乐合奏 2</translation>
    </message>
    <message>
        <source>Synth Strings 1</source>
        <translation>合成弦乐 1</translation>
    </message>
    <message>
        <source>Synth Strings 2</source>
        <translation>合成弦乐 2</translation>
    </message>
    <message>
        <source>Choir Aahs</source>
        <translation>人声合唱“啊”</translation>
    </message>
    <message>
        <source>Voice Oohs</source>
        <translation>人声“呜”</translation>
    </message>
    <message>
        <source>Synth Choir</source>
        <translation>合成人声</translation>
    </message>
    <message>
        <source>Orchestra Hit</source>
        <translation>管弦乐齐奏</translation>
    </message>
    <message>
        <source>Trumpet</source>
        <translation>小号</translation>
    </message>
    <message>
        <source>Trombone</source>
        <translation>长号</translation>
    </message>
    <message>
        <source>Tuba</source>
        <translation>大号</translation>
    </message>
    <message>
        <source>Muted Trumpet</source>
        <translation>弱音小号</translation>
    </message>
    <message>
        <source>French Horn</source>
        <translation>圆号</translation>
    </message>
    <message>
        <source>Brass Section</source>
        <translation>铜管组</translation>
    </message>
    <message>
        <source>Synth Brass 1</source>
        <translation>合成铜管 1</translation>
    </message>
    <message>
        <source>Synth Brass 2</source>
        <translation>合成铜管 2</translation>
    </message>
    <message>
        <source>Soprano Sax</source>
        <translation>高音萨克斯</translation>
    </message>
    <message>
        <source>Alto Sax</source>
        <translation>中音萨克斯</translation>
    </message>
    <message>
        <source>Tenor Sax</source>
        <translation>次中音萨克斯</translation>
    </message>
    <message>
        <source>Baritone Sax</source>
        <translation>上低音萨克斯</translation>
    </message>
    <message>
        <source>Oboe</source>
        <translation>双簧管</translation>
    </message>
    <message>
        <source>English Horn</source>
        <translation>英国管</translation>
    </message>
    <message>
        <source>Bassoon</source>
        <translation>大管</translation>
    </message>
    <message>
        <source>Clarinet</source>
        <translation>单簧管</translation>
    </message>
    <message>
        <source>Piccolo</source>
        <translation>短笛</translation>
    </message>
    <message>
        <source>Flute</source>
        <translation>长笛</translation>
    </message>
    <message>
        <source>Recorder</source>
        <translation>竖笛</translation>
    </message>
    <message>
        <source>Pan Flute</source>
        <translation>排箫</translation>
    </message>
    <message>
        <source>Blown Bottle</source>
        <translation>吹瓶</translation>
    </message>
    <message>
        <source>Shakuhachi</source>
        <translation>尺八</translation>
    </message>
    <message>
        <source>Whistle</source>
        <translation>口哨</translation>
    </message>
    <message>
        <source>Ocarina</source>
        <translation>奥卡里那笛</translation>
    </message>
    <message>
        <source>Lead 1 (square)</source>
        <translation>主音 1（方波）</translation>
    </message>
    <message>
        <source>Lead 2 (sawtooth)</source>
        <translation>主音 2（锯齿波）</translation>
    </message>
    <message>
        <source>Lead 3 (calliope)</source>
        <translation>主音 3（汽笛风琴）</translation>
    </message>
    <message>
        <source>Lead 4 (chiff)</source>
        <translation>主音 4（吹管）</translation>
    </message>
    <message>
        <source>Lead 5 (charang)</source>
        <translation>主音 5（吉他）</translation>
    </message>
    <message>
        <source>Lead 6 (voice)</source>
        <translation>主音 6（人声）</translation>
    </message>
    <message>
        <source>Lead 7 (fifths)</source>
        <translation>主音 7（五度）</translation>
    </message>
    <message>
        <source>Lead 8 (bass + lead)</source>
        <translation>主音 8（贝斯加主音）</translation>
    </message>
    <message>
        <source>Pad 1 (new age)</source>
        <translation>铺底 1（新世纪）</translation>
    </message>
    <message>
        <source>Pad 2 (warm)</source>
        <translation>铺底 2（温暖）</translation>
    </message>
    <message>
        <source>Pad 3 (polysynth)</source>
        <translation>铺底 3（复音合成器）</translation>
    </message>
    <message>
        <source>Pad 4 (choir)</source>
        <translation>铺底 4（合唱）</translation>
    </message>
    <message>
        <source>Pad 5 (bowed)</source>
        <translation>铺底 5（弓弦）</translation>
    </message>
    <message>
        <source>Pad 6 (metallic)</source>
        <translation>铺底 6（金属）</translation>
    </message>
    <message>
        <source>Pad 7 (halo)</source>
        <translation>铺底 7（光环）</translation>
    </message>
    <message>
        <source>Pad 8 (sweep)</source>
        <translation>铺底 8（扫频）</translation>
    </message>
    <message>
        <source>FX 1 (rain)</source>
        <translation>效果 1（雨）</translation>
    </message>
    <message>
        <source>FX 2 (soundtrack)</source>
        <translation>效果 2（电影配乐）</translation>
    </message>
    <message>
        <source>FX 3 (crystal)</source>
        <translation>效果 3（水晶）</translation>
    </message>
    <message>
        <source>FX 4 (atmosphere)</source>
        <translation>效果 4（氛围）</translation>
    </message>
    <message>
        <source>FX 5 (brightness)</source>
        <translation>效果 5（明亮）</translation>
    </message>
    <message>
        <source>FX 6 (goblins)</source>
        <translation>效果 6（小妖）</translation>
    </message>
    <message>
        <source>FX 7 (echoes)</source>
        <translation>效果 7（回声）</translation>
    </message>
    <message>
        <source>FX 8 (sci-fi)</source>
        <translation>效果 8（科幻）</translation>
    </message>
    <message>
        <source>Sitar</source>
        <translation>西塔尔琴</translation>
    </message>
    <message>
        <source>Banjo</source>
        <translation>班卓琴</translation>
    </message>
    <message>
        <source>Shamisen</source>
        <translation>三味线</translation>
    </message>
    <message>
        <source>Koto</source>
        <translation>日本筝</translation>
    </message>
    <message>
        <source>Kalimba</source>
        <translation>卡林巴</translation>
    </message>
    <message>
        <source>Bagpipe</source>
        <translation>风笛</translation>
    </message>
    <message>
        <source>Fiddle</source>
        <translation>民间提琴</translation>
    </message>
    <message>
        <source>Shanai</source>
        <translation>唢呐</translation>
    </message>
    <message>
        <source>Tinkle Bell</source>
        <translation>铃铛</translation>
    </message>
    <message>
        <source>Agogo</source>
        <translation>阿哥哥铃</translation>
    </message>
    <message>
        <source>Steel Drums</source>
        <translation>钢鼓</translation>
    </message>
    <message>
        <source>Woodblock</source>
        <translation>木鱼</translation>
    </message>
    <message>
        <source>Taiko Drum</source>
        <translation>太鼓</translation>
    </message>
    <message>
        <source>Melodic Tom</source>
        <translation>旋律通鼓</translation>
    </message>
    <message>
        <source>Synth Drum</source>
        <translation>合成鼓</translation>
    </message>
    <message>
        <source>Reverse Cymbal</source>
        <translation>反向镲</translation>
    </message>
    <message>
        <source>Guitar Fret Noise</source>
        <translation>吉他品丝噪声</translation>
    </message>
    <message>
        <source>Breath Noise</source>
        <translation>呼吸声</translation>
    </message>
    <message>
        <source>Seashore</source>
        <translation>海浪</translation>
    </message>
    <message>
        <source>Bird Tweet</source>
        <translation>鸟鸣</translation>
    </message>
    <message>
        <source>Telephone Ring</source>
        <translation>电话铃</translation>
    </message>
    <message>
        <source>Helicopter</source>
        <translation>直升机</translation>
    </message>
    <message>
        <source>Applause</source>
        <translation>掌声</translation>
    </message>
    <message>
        <source>Gunshot</source>
        <translation>枪声</translation>
    </message>
    <message>
        <source>Standard kit</source>
        <translation>标准鼓组</translation>
    </message>
    <message>
        <source>Room kit</source>
        <translation>房间鼓组</translation>
    </message>
    <message>
        <source>Power kit</source>
        <translation>强力鼓组</translation>
    </message>
    <message>
        <source>Electronic kit</source>
        <translation>电子鼓组</translation>
    </message>
    <message>
        <source>Analog kit</source>
        <translation>模拟鼓组</translation>
    </message>
    <message>
        <source>Jazz kit</source>
        <translation>爵士鼓组</translation>
    </message>
    <message>
        <source>Brush kit</source>
        <translation>鼓刷鼓组</translation>
    </message>
    <message>
        <source>Orchestra kit</source>
        <translation>管弦乐鼓组</translation>
    </message>
</context>
<context>
    <name>ItemButtons</name>
    <message>
        <source>Close the large view</source>
        <translation>关闭大视图</translation>
    </message>
    <message>
        <source>See it large: piano roll, score, words</source>
        <translation>放大查看：钢琴卷帘、乐谱、文字</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Choose a piece first.</source>
        <translation>请先选择作品。</translation>
    </message>
    <message>
        <source>Stop keeping</source>
        <translation>取消收藏</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Kept in the library; click to let it go</source>
        <translation>已收藏到作品库；单击取消收藏</translation>
    </message>
    <message>
        <source>Keep it in the library</source>
        <translation>收藏到作品库</translation>
    </message>
</context>
<context>
    <name>ItemModel</name>
    <message>
        <source>by {model}</source>
        <translation>来自 {model}</translation>
    </message>
    <message>
        <source>same</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>{new} new, {gone} gone</source>
        <translation>新增 {new}，减少 {gone}</translation>
    </message>
    <message>
        <source>{count} new</source>
        <translation>新增 {count}</translation>
    </message>
    <message>
        <source>{count} gone</source>
        <translation>减少 {count}</translation>
    </message>
</context>
<context>
    <name>Kept</name>
    <message>
        <source>Kept whole</source>
        <translation>完整保留</translation>
    </message>
    <message>
        <source>Kept all {of} notes, not the key or metre</source>
        <translation>保留了全部 {of} 个音符，调或拍号除外</translation>
    </message>
    <message>
        <source>Kept all {of} hits, not their loudness and timing</source>
        <translation>保留了全部 {of} 个击打，强弱与时值除外</translation>
    </message>
    <message>
        <source>Kept all {of} words, not the marks between them</source>
        <translation>保留了全部 {of} 个词，标点除外</translation>
    </message>
    <message>
        <source>Kept {kept} of {of} notes</source>
        <translation>保留了 {of} 个音符中的 {kept} 个</translation>
    </message>
    <message>
        <source>Kept {kept} of {of} hits</source>
        <translation>保留了 {of} 个击打中的 {kept} 个</translation>
    </message>
    <message>
        <source>Kept {kept} of {of} words</source>
        <translation>保留了 {of} 个词中的 {kept} 个</translation>
    </message>
    <message>
        <source>Kept {kept} of {of} steps as they are</source>
        <translation>{of} 步中原样保留了 {kept} 步</translation>
    </message>
    <message>
        <source>Kept {kept} of {of} characters</source>
        <translation>保留了 {of} 个字中的 {kept} 个</translation>
    </message>
    <message>
        <source>Kept {kept} of {of} parts</source>
        <translation>保留了 {of} 个部分中的 {kept} 个</translation>
    </message>
    <message>
        <source>{kept}, and adds {count}</source>
        <translation>{kept}，另外增加了 {count} 个</translation>
    </message>
</context>
<context>
    <name>Kinds</name>
    <message>
        <source>Melodies</source>
        <translation>旋律</translation>
    </message>
    <message>
        <source>melodies</source>
        <translation>旋律</translation>
    </message>
    <message>
        <source>melody</source>
        <translation>旋律</translation>
    </message>
    <message>
        <source>Beats</source>
        <translation>节奏</translation>
    </message>
    <message>
        <source>beats</source>
        <translation>节奏</translation>
    </message>
    <message>
        <source>beat</source>
        <translation>节奏</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>乐谱</translation>
    </message>
    <message>
        <source>scores</source>
        <translation>乐谱</translation>
    </message>
    <message>
        <source>score</source>
        <translation>乐谱</translation>
    </message>
    <message>
        <source>Time series</source>
        <translation>时间序列</translation>
    </message>
    <message>
        <source>time series</source>
        <translation>时间序列</translation>
    </message>
    <message>
        <source>Sentences</source>
        <translation>句子</translation>
    </message>
    <message>
        <source>sentences</source>
        <translation>句子</translation>
    </message>
    <message>
        <source>sentence</source>
        <translation>句子</translation>
    </message>
    <message>
        <source>Poems</source>
        <translation>诗</translation>
    </message>
    <message>
        <source>piece</source>
        <translation>作品</translation>
    </message>
    <message>
        <source>1 file of music</source>
        <translation>1 个音乐文件</translation>
    </message>
    <message>
        <source>{count} files of music</source>
        <translation>{count} 个音乐文件</translation>
    </message>
    <message>
        <source>1 file of text</source>
        <translation>1 个文本文件</translation>
    </message>
    <message>
        <source>{count} files of text</source>
        <translation>{count} 个文本文件</translation>
    </message>
    <message>
        <source>1 file of {things}</source>
        <translation>1 个{things}文件</translation>
    </message>
    <message>
        <source>{count} files of {things}</source>
        <translation>{count} 个{things}文件</translation>
    </message>
    <message>
        <source>same parts</source>
        <translation>部分相同</translation>
    </message>
    <message>
        <source>Bar {bar}</source>
        <translation>第 {bar} 小节</translation>
    </message>
    <message>
        <source>Bars {first} to {last}</source>
        <translation>第 {first} 到 {last} 小节</translation>
    </message>
    <message>
        <source>1 note</source>
        <translation>1 个音符</translation>
    </message>
    <message>
        <source>1 hit</source>
        <translation>1 次敲击</translation>
    </message>
    <message>
        <source>{count} notes</source>
        <translation>{count} 个音符</translation>
    </message>
    <message>
        <source>{count} hits</source>
        <translation>{count} 次敲击</translation>
    </message>
    <message>
        <source>{count} parts</source>
        <translation>{count} 个声部</translation>
    </message>
    <message>
        <source>{bars} bars, {seconds} seconds</source>
        <translation>{bars} 小节，{seconds} 秒</translation>
    </message>
    <message>
        <source>1 bar, {seconds} seconds</source>
        <translation>1 小节，{seconds} 秒</translation>
    </message>
    <message>
        <source>{length}, with a pickup</source>
        <translation>{length}，带弱起</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 至 {high}</translation>
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
        <source>Tempo</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>声部</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>音符</translation>
    </message>
    <message>
        <source>Chord symbols</source>
        <translation>和弦标记</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>敲击</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>音域</translation>
    </message>
    <message>
        <source>Kit</source>
        <translation>鼓组</translation>
    </message>
    <message>
        <source>same notes</source>
        <translation>音符相同</translation>
    </message>
    <message>
        <source>same hits</source>
        <translation>击打相同</translation>
    </message>
    <message>
        <source>1 word</source>
        <translation>1 个词</translation>
    </message>
    <message>
        <source>{count} words</source>
        <translation>{count} 个词</translation>
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
        <translation>文字</translation>
    </message>
    <message>
        <source>same words</source>
        <translation>词相同</translation>
    </message>
</context>
<context>
    <name>LearnPanel</name>
    <message>
        <source>{model}  ({kind})</source>
        <translation>{model}（{kind}）</translation>
    </message>
    <message>
        <source>Nothing: a new model ({kind})</source>
        <translation>从零开始：新模型（{kind}）</translation>
    </message>
    <message>
        <source>Choose a folder or files first.</source>
        <translation>请先选择文件夹或文件。</translation>
    </message>
    <message>
        <source>The models that fit are offered here as soon as it is clear what is to be learned.</source>
        <translation>确定要学习的内容后，合适的模型会列在这里。</translation>
    </message>
    <message>
        <source>It begins knowing nothing, and needs thousands of pieces and many hours.</source>
        <translation>它从一无所知开始，需要数千件作品和许多个小时。</translation>
    </message>
    <message>
        <source>It knows how such music goes already, and learns how yours does, in phrases of {bars} bars.</source>
        <translation>它已经懂得这类音乐，现在学习您的音乐，以 {bars} 小节的乐句为单位。</translation>
    </message>
    <message>
        <source>Wait until it is clear what is in there.</source>
        <translation>请等待文件内容检查完成。</translation>
    </message>
    <message>
        <source>Choose something that can be learned from.</source>
        <translation>请选择可以用来学习的内容。</translation>
    </message>
    <message>
        <source>Choose the column that holds the text.</source>
        <translation>请选择包含文本的列。</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>请输入名称。</translation>
    </message>
    <message>
        <source>Learn my style</source>
        <translation>学习我的风格</translation>
    </message>
    <message>
        <source>A model that knows music or language already goes on with your own songs or texts, and tells at the end whether it is good enough to use.</source>
        <translation>一个已经懂得音乐或语言的模型会继续学习您自己的歌曲或文字，并在最后告诉您效果是否足够好。</translation>
    </message>
    <message>
        <source>1. What it learns from</source>
        <translation>1. 学习什么</translation>
    </message>
    <message>
        <source>2. What it goes on from, and for how long</source>
        <translation>2. 从哪个模型开始，学习多久</translation>
    </message>
    <message>
        <source>3. What the model is called</source>
        <translation>3. 模型的名称</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>Learn all the same</source>
        <translation>仍然学习</translation>
    </message>
    <message>
        <source>5 minutes</source>
        <translation>5 分钟</translation>
    </message>
    <message>
        <source>30 minutes</source>
        <translation>30 分钟</translation>
    </message>
    <message>
        <source>2 hours</source>
        <translation>2 小时</translation>
    </message>
    <message>
        <source>Other time</source>
        <translation>其他时长</translation>
    </message>
    <message>
        <source>It knows how {things} go already, and learns how yours do.</source>
        <translation>它已经了解一般的{things}，会学习您的是怎样的。</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>Minutes to learn</source>
        <translation>学习的分钟数</translation>
    </message>
    <message>
        <source>What it goes on from</source>
        <translation>从哪个模型开始</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name of the model</source>
        <translation>模型名称</translation>
    </message>
    <message>
        <source>You can go on working meanwhile, pause it, and close the studio; nothing is lost.</source>
        <translation>期间您可以继续工作，也可以暂停或关闭程序，不会丢失任何内容。</translation>
    </message>
</context>
<context>
    <name>Learner</name>
    <message>
        <source>Reading for {name}</source>
        <translation>正在为 {name} 读取</translation>
    </message>
</context>
<context>
    <name>Learning</name>
    <message>
        <source>There are only {count} phrases to learn from, and at least {fewest} are needed. Add more pieces.</source>
        <translation>只有 {count} 个乐句可供学习，至少需要 {fewest} 个。请添加更多作品。</translation>
    </message>
    <message>
        <source>There are only {count} phrases of {bars} bars to learn from, and at least {fewest} are needed. Add more pieces, or go on from a model of shorter phrases.</source>
        <translation>只有 {count} 个 {bars} 小节的乐句可供学习，至少需要 {fewest} 个。请添加更多作品，或改用乐句较短的模型。</translation>
    </message>
    <message>
        <source>There are only {count} pieces to learn from, and at least {fewest} are needed. Add more.</source>
        <translation>可供学习的只有 {count} 条，至少需要 {fewest} 条。请再添加一些。</translation>
    </message>
    <message>
        <source>{name} does not know the script of these texts. Go on from another model, or train one from the beginning.</source>
        <translation>{name} 不认识这些文字。请改用其他模型，或从零开始。</translation>
    </message>
    <message>
        <source>These pieces are far longer than those that {name} knows. Go on from another model.</source>
        <translation>这些作品远长于 {name} 所熟悉的作品。请改用其他模型。</translation>
    </message>
    <message>
        <source>All of it is one piece, or much the same one, so nothing can be kept back to see how well it learns. Add other pieces.</source>
        <translation>全部内容是同一件作品或几乎相同，因此无法留出作品来检验学习效果。请添加其他作品。</translation>
    </message>
    <message>
        <source>There are too few different pieces to keep one back to see how well it learns. Add some more.</source>
        <translation>不同的作品太少，无法留出一件来检验学习效果。请再添加一些。</translation>
    </message>
    <message>
        <source>There are only {count} phrases to learn from, and of so few it learns little: add pieces.</source>
        <translation>可供学习的只有 {count} 个乐句，从这么少的乐句中学到的不多：请添加作品。</translation>
    </message>
    <message>
        <source>There are only {count} pieces to learn from, and of so few it learns little: add some.</source>
        <translation>可供学习的只有 {count} 条，从这么少的作品中学到的不多：请添加一些。</translation>
    </message>
    <message>
        <source>Left out, being of another kind than the {kind}: {count}</source>
        <translation>类型与{kind}不同而未采用：{count}</translation>
    </message>
</context>
<context>
    <name>Lesson</name>
    <message>
        <source>Drop files on the ends above.</source>
        <translation>把文件拖放到上面的两端。</translation>
    </message>
    <message>
        <source>Type into the ends above.</source>
        <translation>在上方的端点中输入文字。</translation>
    </message>
    <message>
        <source>Begin with an example</source>
        <translation>从示例开始</translation>
    </message>
    <message>
        <source>Surprise me</source>
        <translation>给我惊喜</translation>
    </message>
    <message>
        <source>Two bundled pieces as the ends</source>
        <translation>用两个自带作品作为端点</translation>
    </message>
</context>
<context>
    <name>LibraryModel</name>
    <message>
        <source>{number} of {count}</source>
        <translation>第 {number} 个，共 {count} 个</translation>
    </message>
    <message>
        <source>{count} steps</source>
        <translation>{count} 步</translation>
    </message>
    <message>
        <source>1 step</source>
        <translation>1 步</translation>
    </message>
    <message>
        <source>{count} pieces</source>
        <translation>{count} 个作品</translation>
    </message>
    <message>
        <source>1 piece</source>
        <translation>1 个作品</translation>
    </message>
    <message>
        <source>{pieces}, {count} kept</source>
        <translation>{pieces}，已收藏 {count} 个</translation>
    </message>
    <message>
        <source>Taken out of the library; undo brings it back.</source>
        <translation>已从作品库中取出；撤销即可找回。</translation>
    </message>
    <message>
        <source>Taken out of the library; it is still in the history.</source>
        <translation>已从作品库中取出；历史记录中仍有。</translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message>
        <source>Library</source>
        <translation>作品库</translation>
    </message>
    <message>
        <source>Pieces</source>
        <translation>作品</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Search the library</source>
        <translation>搜索作品库</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>已收藏</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>已移除</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Make again</source>
        <translation>重新生成</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>1 piece</source>
        <translation>1 个作品</translation>
    </message>
    <message>
        <source>{count} pieces</source>
        <translation>{count} 个作品</translation>
    </message>
    <message>
        <source>What you kept, and your own pieces</source>
        <translation>收藏的作品和自己的作品</translation>
    </message>
    <message>
        <source>Everything that was made, the newest first</source>
        <translation>生成过的一切，最新的在前</translation>
    </message>
    <message>
        <source>What was removed, to bring it back</source>
        <translation>已移除的作品，可在此找回</translation>
    </message>
    <message>
        <source>1 entry</source>
        <translation>1 条记录</translation>
    </message>
    <message>
        <source>{count} entries</source>
        <translation>{count} 条记录</translation>
    </message>
    <message>
        <source>1 piece in “{tag}”</source>
        <translation>“{tag}”中有 1 首作品</translation>
    </message>
    <message>
        <source>{count} pieces in “{tag}”</source>
        <translation>“{tag}”中有 {count} 首作品</translation>
    </message>
    <message>
        <source>{count} pieces selected</source>
        <translation>已选择 {count} 个作品</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Stop keeping</source>
        <translation>取消收藏</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Removed; undo brings it back.</source>
        <translation>已移除，可撤销恢复。</translation>
    </message>
    <message>
        <source>Removed; undo brings them back.</source>
        <translation>已移除，可撤销恢复。</translation>
    </message>
    <message>
        <source>Making it again…</source>
        <translation>正在重新生成…</translation>
    </message>
    <message>
        <source>Made again, the same to the last note.</source>
        <translation>已重新生成，每个音符都相同。</translation>
    </message>
    <message>
        <source>Made again, but it came out differently.</source>
        <translation>已重新生成，但结果有所不同。</translation>
    </message>
    <message>
        <source>Made again, the same to the last letter.</source>
        <translation>已重新生成，每个字符都相同。</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Learn from these</source>
        <translation>向这些学习</translation>
    </message>
    <message>
        <source>Select everything that was found</source>
        <translation>选择全部搜索结果</translation>
    </message>
    <message>
        <source>Export the selected pieces</source>
        <translation>导出所选作品</translation>
    </message>
</context>
<context>
    <name>Lines</name>
    <message>
        <source>{name}: from {first} to {last}, between {low} and {high}</source>
        <translation>{name}：从 {first} 到 {last}，介于 {low} 与 {high} 之间</translation>
    </message>
</context>
<context>
    <name>LoopPanel</name>
    <message>
        <source>Bars that are repeated</source>
        <translation>反复的小节</translation>
    </message>
    <message>
        <source>From bar</source>
        <translation>从小节</translation>
    </message>
    <message>
        <source>First bar that is repeated</source>
        <translation>反复的第一小节</translation>
    </message>
    <message>
        <source>To bar</source>
        <translation>到小节</translation>
    </message>
    <message>
        <source>Last bar that is repeated</source>
        <translation>反复的最后一小节</translation>
    </message>
    <message>
        <source>The whole piece</source>
        <translation>整首乐曲</translation>
    </message>
    <message>
        <source>Repeat the whole piece</source>
        <translation>反复整首乐曲</translation>
    </message>
    <message>
        <source>Or hold Shift and drag over the line of the piece, or drag the ends of what is marked there.</source>
        <translation>也可以按住 Shift 在乐曲的进度线上拖动，或拖动标记的两端。</translation>
    </message>
</context>
<context>
    <name>Making</name>
    <message>
        <source>The model is being loaded; one moment.</source>
        <translation>正在加载模型，请稍候。</translation>
    </message>
    <message>
        <source>No model is loaded; choose one at the top.</source>
        <translation>尚未加载模型；请在顶部选择一个。</translation>
    </message>
    <message>
        <source>The model that is loaded is for other pieces; choose another one at the top.</source>
        <translation>已加载的模型适用于另一类作品；请在顶部另选一个。</translation>
    </message>
    <message>
        <source>This end is empty: {letter}.</source>
        <translation>端点 {letter} 是空的。</translation>
    </message>
    <message>
        <source>Move a slider first: more of something, or less.</source>
        <translation>请先移动一个滑块，调多或调少某个属性。</translation>
    </message>
    <message>
        <source>These have no pitches; choose a model of melodies at the top.</source>
        <translation>这些没有音高；请在顶部选择旋律模型。</translation>
    </message>
    <message>
        <source>This model writes no chord symbols; choose one of lead sheets at the top.</source>
        <translation>此模型不写和弦标记；请在顶部选择旋律谱模型。</translation>
    </message>
    <message>
        <source>This model writes no parts for a melody; choose another one at the top.</source>
        <translation>此模型不为旋律写声部；请在顶部选择其他模型。</translation>
    </message>
    <message>
        <source>This model cannot do that; choose another one at the top, or train one.</source>
        <translation>此模型做不到；请在顶部选择另一个，或训练一个。</translation>
    </message>
    <message>
        <source>Write ___ in A where something is missing.</source>
        <translation>请在 A 中缺少内容的地方写上 ___。</translation>
    </message>
    <message>
        <source>A has no gaps; make some in the editor.</source>
        <translation>A 没有空缺；请在编辑器里留出一些。</translation>
    </message>
    <message>
        <source>Make again</source>
        <translation>重新生成</translation>
    </message>
    <message>
        <source>Mix, row {row}, column {column}</source>
        <translation>混合，第 {row} 行，第 {column} 列</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>改变结果</translation>
    </message>
</context>
<context>
    <name>MapChart</name>
    <message>
        <source>Zoom in (+)</source>
        <translation>放大 (+)</translation>
    </message>
    <message>
        <source>Zoom out (-)</source>
        <translation>缩小 (-)</translation>
    </message>
    <message>
        <source>Show all (0)</source>
        <translation>显示全部 (0)</translation>
    </message>
    <message>
        <source>Found on the map</source>
        <translation>地图上的发现</translation>
    </message>
    <message>
        <source>Pieces found on the map</source>
        <translation>在地图上找到的作品</translation>
    </message>
    <message>
        <source>Map of the pieces</source>
        <translation>作品地图</translation>
    </message>
</context>
<context>
    <name>MapHead</name>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{count} pieces</source>
        <translation>{count} 个作品</translation>
    </message>
    <message>
        <source>The pieces are those of {corpus}.</source>
        <translation>这些作品来自 {corpus}。</translation>
    </message>
    <message>
        <source>Method {method}; the first two principal axes explain {first} and {second} of the variance.</source>
        <translation>方法：{method}；前两个主轴分别解释 {first} 和 {second} 的方差。</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>探索</translation>
    </message>
    <message>
        <source>Click a place to hear it; drag to move, scroll to zoom</source>
        <translation>点击任意位置即可聆听；拖动可平移，滚动可缩放</translation>
    </message>
    <message>
        <source>Draw a path</source>
        <translation>画路径</translation>
    </message>
    <message>
        <source>Drag across the map: what lies along the line becomes a piece (P)</source>
        <translation>在地图上拖动，沿线的内容会连成一个作品 (P)</translation>
    </message>
    <message>
        <source>Choose pieces</source>
        <translation>选作品</translation>
    </message>
    <message>
        <source>Drag around pieces to make a collection of them, hear or export them (G)</source>
        <translation>拖动圈住作品，把它们做成合集、试听或导出 (G)</translation>
    </message>
    <message>
        <source>Colour by</source>
        <translation>着色依据</translation>
    </message>
</context>
<context>
    <name>MapMaker</name>
    <message>
        <source>Make the map</source>
        <translation>生成地图</translation>
    </message>
    <message>
        <source>The map is being made</source>
        <translation>正在生成地图</translation>
    </message>
    <message>
        <source>You can go on elsewhere; the tray shows how far it is.</source>
        <translation>可以先去做别的，任务面板会显示进度。</translation>
    </message>
    <message>
        <source>{model} has no map yet</source>
        <translation>{model} 还没有地图</translation>
    </message>
    <message>
        <source>A map shows every piece of a corpus as a point, where the model sees it. Choose the corpus it is made from.</source>
        <translation>地图把语料库中的每个作品显示为一个点，位置由模型决定。请选择用来生成地图的语料库。</translation>
    </message>
    <message>
        <source>The map is being opened</source>
        <translation>正在打开地图</translation>
    </message>
    <message>
        <source>It is here in a moment.</source>
        <translation>马上就好。</translation>
    </message>
    <message>
        <source>Map of {corpus} by {model}</source>
        <translation>{model} 的 {corpus} 地图</translation>
    </message>
</context>
<context>
    <name>MapPage</name>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>decoded here</source>
        <translation>在此解码</translation>
    </message>
    <message>
        <source>drawn on the map</source>
        <translation>在地图上绘制</translation>
    </message>
    <message>
        <source>Every point is a piece that the model knows; near ones sound alike.

Point at one to see it, hold it to hear it. Click anywhere, also where nothing is, and what lies there is made and played. Draw a path, and the places along it become one piece. Drag around pieces to make a collection of them.</source>
        <translation>每个点是模型认识的一首作品；相近的点听起来也相似。

指向一个点可以看到它，按住可以听。点击任何地方，哪怕那里什么也没有，就会生成并播放那里的作品。画一条路径，沿途的地方就成为一首作品。拖动圈住一些作品，就能做成合集。</translation>
    </message>
    <message>
        <source>Every point is a piece that the model knows; near ones are alike.

Point at one to read it. Click anywhere, also where nothing is, and what lies there is written. Draw a path, and the places along it become one piece. Drag around pieces to make a collection of them.</source>
        <translation>每个点是模型认识的一首作品；相近的点彼此相似。

指向一个点可以阅读它。点击任何地方，哪怕那里什么也没有，就会写出那里的作品。画一条路径，沿途的地方就成为一首作品。拖动圈住一些作品，就能做成合集。</translation>
    </message>
    <message>
        <source>{about}, coloured by {attribute}. Arrow keys move, plus and minus zoom, Enter makes what lies in the middle, Space plays the point in the middle, P draws a path, G chooses pieces.</source>
        <translation>{about}，按{attribute}着色。方向键移动，加减号缩放，回车生成正中的作品，空格播放正中的点，P 画路径，G 选作品。</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Show all of the map</source>
        <translation>显示整个地图</translation>
    </message>
    <message>
        <source>Draw a path on the map</source>
        <translation>在地图上画路径</translation>
    </message>
    <message>
        <source>Choose pieces on the map</source>
        <translation>在地图上选作品</translation>
    </message>
</context>
<context>
    <name>MarkBar</name>
    <message>
        <source>Keep these</source>
        <translation>保留这些</translation>
    </message>
    <message>
        <source>Make variations in which these stay as they are</source>
        <translation>生成变奏，其中这些保持不变</translation>
    </message>
    <message>
        <source>Replace these</source>
        <translation>重新写</translation>
    </message>
    <message>
        <source>Make others in their place; the rest stays as it is</source>
        <translation>在原处写出别的内容；其余保持不变</translation>
    </message>
</context>
<context>
    <name>Marking</name>
    <message>
        <source>This model cannot keep some and write the rest again; choose another one at the top, or train one.</source>
        <translation>此模型不能保留一部分而重写其余部分；请在顶部选择另一个，或训练一个。</translation>
    </message>
    <message>
        <source>Keep what is marked</source>
        <translation>保留所标记的内容</translation>
    </message>
    <message>
        <source>Replace what is marked</source>
        <translation>重新写所标记的内容</translation>
    </message>
</context>
<context>
    <name>MeasureForm</name>
    <message>
        <source>{name}: {count} pieces</source>
        <translation>{name}：{count} 个作品</translation>
    </message>
    <message>
        <source>{name}: {count} pieces looked at in training</source>
        <translation>{name}：{count} 个作品（训练时看过）</translation>
    </message>
    <message>
        <source>Measure {name}</source>
        <translation>评测 {name}</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>还没有</translation>
    </message>
    <message>
        <source>There is no corpus of its kind that holds pieces out; make one first.</source>
        <translation>没有留出了作品的同类语料库；请先建立一个。</translation>
    </message>
    <message>
        <source>All {count} models, one after the other</source>
        <translation>依次评测全部 {count} 个模型</translation>
    </message>
    <message>
        <source>On pieces that it was not trained on. More samples and pairs take longer and are nearer to the truth.</source>
        <translation>使用未参与训练的作品。采样数与对数越多，耗时越长，结果越接近真实值。</translation>
    </message>
    <message>
        <source>Measuring {name}</source>
        <translation>正在评测 {name}</translation>
    </message>
    <message>
        <source>Measuring {name}, then {count} more</source>
        <translation>正在评测 {name}，之后还有 {count} 个</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>It ends at its next safe point.</source>
        <translation>将在下一个安全点结束。</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Corpus</source>
        <translation>语料库</translation>
    </message>
    <message>
        <source>Pieces that this corpus holds out are measured on.</source>
        <translation>在此语料库留出的作品上评测。</translation>
    </message>
    <message>
        <source>Build a corpus</source>
        <translation>建立语料库</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close the form</source>
        <translation>关闭表单</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Start measuring</source>
        <translation>开始评测</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop measuring</source>
        <translation>停止评测</translation>
    </message>
    <message>
        <source>Progress of the measurement</source>
        <translation>评测进度</translation>
    </message>
</context>
<context>
    <name>Measurer</name>
    <message>
        <source>The figures cannot be kept with {name}: its folder {folder} cannot be written. Duplicate the model, and measure the duplicate.</source>
        <translation>无法把指标保存到 {name}：其文件夹 {folder} 不可写。请复制该模型，并测量副本。</translation>
    </message>
    <message>
        <source>{name} is being trained, and its figures would be overwritten; measure it when that is paused or done.</source>
        <translation>{name} 正在训练，其指标会被覆盖；请在训练暂停或完成后再评测。</translation>
    </message>
    <message>
        <source>Figures of {name}</source>
        <translation>{name} 的指标</translation>
    </message>
    <message>
        <source>The measurement ended unexpectedly; nothing was changed. Try it once more, on fewer pieces.</source>
        <translation>评测意外结束；没有任何改动。请减少作品数后再试一次。</translation>
    </message>
</context>
<context>
    <name>Measuring</name>
    <message>
        <source>Likelihood</source>
        <translation>似然</translation>
    </message>
    <message>
        <source>Reconstruction</source>
        <translation>重构</translation>
    </message>
    <message>
        <source>Interpolation</source>
        <translation>插值</translation>
    </message>
    <message>
        <source>Filling in</source>
        <translation>填补</translation>
    </message>
    <message>
        <source>What is usual, from the training pieces</source>
        <translation>从训练作品得知何为常见</translation>
    </message>
    <message>
        <source>Samples of the model</source>
        <translation>模型的采样</translation>
    </message>
    <message>
        <source>Samples beside real pieces</source>
        <translation>采样与真实作品对照</translation>
    </message>
    <message>
        <source>What is copied from the training pieces</source>
        <translation>抄自训练作品的内容</translation>
    </message>
    <message>
        <source>{what}: {done} of {total}</source>
        <translation>{what}：{done} / {total}</translation>
    </message>
</context>
<context>
    <name>MidiPanel</name>
    <message>
        <source>Connected. From key to sound: {count} ms</source>
        <translation>已连接。从按键到发声：{count} 毫秒</translation>
    </message>
    <message>
        <source>Connected. Play a key.</source>
        <translation>已连接。请弹一个键。</translation>
    </message>
    <message>
        <source>It is not connected now; it is played as soon as it is.</source>
        <translation>现在没有连接；一接上就可以弹奏。</translation>
    </message>
    <message>
        <source>Choose one to play and record on it.</source>
        <translation>选择一台键盘，用它弹奏和录音。</translation>
    </message>
    <message>
        <source>A recording is in {metre} at {tempo}, as what is chosen, with the metronome.</source>
        <translation>录音采用 {metre} 拍、{tempo}，与所选作品一致，并配节拍器。</translation>
    </message>
    <message>
        <source>Stop recording</source>
        <translation>停止录音</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>MIDI and recording</source>
        <translation>MIDI 与录音</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>Music plays to</source>
        <translation>音乐播放到</translation>
    </message>
    <message>
        <source>Clock goes to</source>
        <translation>时钟发送到</translation>
    </message>
    <message>
        <source>Notes are put on</source>
        <translation>音符对齐到</translation>
    </message>
    <message>
        <source>It becomes</source>
        <translation>录音成为</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>不发送</translation>
    </message>
    <message>
        <source>The sound of this computer</source>
        <translation>本机声音</translation>
    </message>
    <message>
        <source>quarters</source>
        <translation>四分音符</translation>
    </message>
    <message>
        <source>eighths</source>
        <translation>八分音符</translation>
    </message>
    <message>
        <source>triplets of eighths</source>
        <translation>八分三连音</translation>
    </message>
    <message>
        <source>sixteenths</source>
        <translation>十六分音符</translation>
    </message>
    <message>
        <source>triplets of sixteenths</source>
        <translation>十六分三连音</translation>
    </message>
    <message>
        <source>thirty-seconds</source>
        <translation>三十二分音符</translation>
    </message>
    <message>
        <source>the next free end</source>
        <translation>下一个空的端点</translation>
    </message>
    <message>
        <source>A</source>
        <translation>A</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
</context>
<context>
    <name>MixerPanel</name>
    <message>
        <source>Mixer</source>
        <translation>混音器</translation>
    </message>
    <message>
        <source>It is kept with the piece, and exports sound as it does.</source>
        <translation>设置随作品保存，导出时也照此发声。</translation>
    </message>
    <message>
        <source>As written</source>
        <translation>恢复原样</translation>
    </message>
    <message>
        <source>Play every part as it is written</source>
        <translation>每个声部都按原样播放</translation>
    </message>
    <message>
        <source>Close the mixer</source>
        <translation>关闭混音器</translation>
    </message>
</context>
<context>
    <name>ModelFace</name>
    <message>
        <source>Example {number}</source>
        <translation>示例 {number}</translation>
    </message>
    <message>
        <source>Writing …</source>
        <translation>正在写 …</translation>
    </message>
    <message>
        <source>Let it write three</source>
        <translation>让它写三首</translation>
    </message>
    <message>
        <source>learned from {data}</source>
        <translation>学自 {data}</translation>
    </message>
    <message>
        <source>licence of that: {licence}</source>
        <translation>数据许可：{licence}</translation>
    </message>
    <message>
        <source>belongs to a training</source>
        <translation>属于一次训练</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>从列表移除</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>It is not in your folder of models; a duplicate of it is.</source>
        <translation>它不在您的模型文件夹中；复制一份就会在。</translation>
    </message>
    <message>
        <source>It comes with GenStudio, so it is not renamed or deleted; a duplicate of it is your own.</source>
        <translation>它随 GenStudio 提供，不能重命名或删除；复制一份即归您所有。</translation>
    </message>
    <message>
        <source>It belongs to a training and goes with it; a duplicate of it is your own.</source>
        <translation>它属于一次训练，并随之删除；复制一份即归您所有。</translation>
    </message>
    <message>
        <source>It is in use; use another one to delete it.</source>
        <translation>它正在使用；要删除它，请先使用另一个。</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制一份</translation>
    </message>
    <message>
        <source>Data and licence</source>
        <translation>数据与许可</translation>
    </message>
    <message>
        <source>Rename the model</source>
        <translation>重命名模型</translation>
    </message>
    <message>
        <source>Duplicate the model</source>
        <translation>复制模型</translation>
    </message>
    <message>
        <source>Show the data, the licence and the limits of the model</source>
        <translation>显示模型的数据、许可和局限</translation>
    </message>
    <message>
        <source>Use the model</source>
        <translation>使用模型</translation>
    </message>
    <message>
        <source>Delete the model</source>
        <translation>删除模型</translation>
    </message>
    <message>
        <source>Name of the model</source>
        <translation>模型名称</translation>
    </message>
    <message>
        <source>What it writes</source>
        <translation>它写的作品</translation>
    </message>
    <message>
        <source>How good it is</source>
        <translation>效果如何</translation>
    </message>
    <message>
        <source>Not known yet: measure it, and it stands here in words.</source>
        <translation>尚不清楚：测量之后，这里会用文字说明。</translation>
    </message>
    <message>
        <source>Three pieces of its own, as it is now</source>
        <translation>以它现在的水平写三个作品</translation>
    </message>
</context>
<context>
    <name>ModelMenu</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>All about the models</source>
        <translation>关于各模型</translation>
    </message>
    <message>
        <source>Open a model folder</source>
        <translation>打开模型文件夹</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Choose the folder of a model</source>
        <translation>选择模型文件夹</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>Is being measured</source>
        <translation>正在评测</translation>
    </message>
    <message>
        <source>All figures</source>
        <translation>全部指标</translation>
    </message>
    <message>
        <source>{count} models are ticked already, as many as fit.</source>
        <translation>已勾选 {count} 个模型，达到上限。</translation>
    </message>
    <message>
        <source>There are no models yet. Train one, or open the folder of one.</source>
        <translation>还没有模型。请训练一个，或打开模型文件夹。</translation>
    </message>
    <message>
        <source>The figures are here.</source>
        <translation>评测指标已得出。</translation>
    </message>
    <message>
        <source>None yet. Models that are installed, trained or opened are listed here.</source>
        <translation>尚无模型。已安装、已训练或已打开的模型会列在这里。</translation>
    </message>
    <message>
        <source>Open a model folder</source>
        <translation>打开模型文件夹</translation>
    </message>
    <message>
        <source>Space ticks a model, to see it beside the others.</source>
        <translation>按空格键勾选模型，即可与其他模型并排查看。</translation>
    </message>
    <message>
        <source>Tick models to see them side by side.</source>
        <translation>勾选模型即可并排比较。</translation>
    </message>
    <message>
        <source>Learn what can be shaped</source>
        <translation>学习可以塑造什么</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>评测</translation>
    </message>
    <message>
        <source>Measure the model</source>
        <translation>评测此模型</translation>
    </message>
    <message>
        <source>Copy the figures as a table</source>
        <translation>将指标复制为表格</translation>
    </message>
</context>
<context>
    <name>MusicFields</name>
    <message>
        <source>As found: {what}</source>
        <translation>按检测结果：{what}</translation>
    </message>
    <message>
        <source>As the file says</source>
        <translation>按文件所写</translation>
    </message>
    <message>
        <source>major</source>
        <translation>大调</translation>
    </message>
    <message>
        <source>minor</source>
        <translation>小调</translation>
    </message>
    <message>
        <source>dorian</source>
        <translation>多利亚</translation>
    </message>
    <message>
        <source>mixolydian</source>
        <translation>混合利底亚</translation>
    </message>
    <message>
        <source>Metre</source>
        <translation>拍号</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>调</translation>
    </message>
    <message>
        <source>Choose or type the metre where the file says a wrong one, or none</source>
        <translation>文件中的拍号有误或缺失时，请选择或输入</translation>
    </message>
    <message>
        <source>Choose the key where the file says a wrong one, or none</source>
        <translation>文件中的调有误或缺失时，请选择</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>调式</translation>
    </message>
    <message>
        <source>Major, minor or another mode of the key</source>
        <translation>大调、小调或该调的其他调式</translation>
    </message>
    <message>
        <source>Put played notes on a grid</source>
        <translation>把演奏的音符对齐到网格</translation>
    </message>
    <message>
        <source>Without it every note stays where it was played</source>
        <translation>不勾选时每个音符保持演奏时的位置</translation>
    </message>
    <message>
        <source>Recognise the chords</source>
        <translation>识别和弦</translation>
    </message>
    <message>
        <source>Find chord symbols from the notes where the file has none</source>
        <translation>文件中没有和弦标记时，根据音符识别</translation>
    </message>
</context>
<context>
    <name>MusicPanel</name>
    <message>
        <source>Drum grid</source>
        <translation>鼓点网格</translation>
    </message>
    <message>
        <source>Piano roll</source>
        <translation>钢琴卷帘</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>乐谱</translation>
    </message>
    <message>
        <source>Lead sheet</source>
        <translation>旋律谱</translation>
    </message>
    <message>
        <source>Only the tune and its chord symbols</source>
        <translation>只有曲调及其和弦标记</translation>
    </message>
</context>
<context>
    <name>NotesDialog</name>
    <message>
        <source>1 note gave way; Undo brings it back.</source>
        <translation>有 1 个音符让位；撤销可以找回它。</translation>
    </message>
    <message>
        <source>{count} notes gave way; Undo brings them back.</source>
        <translation>有 {count} 个音符让位；撤销可以找回它们。</translation>
    </message>
    <message>
        <source>There are no notes yet.</source>
        <translation>还没有音符。</translation>
    </message>
    <message>
        <source>There are no hits yet.</source>
        <translation>还没有任何敲击。</translation>
    </message>
    <message>
        <source>My melody</source>
        <translation>我的旋律</translation>
    </message>
    <message>
        <source>My beat</source>
        <translation>我的节奏</translation>
    </message>
</context>
<context>
    <name>NotesWindow</name>
    <message>
        <source>Tempo  {note} =</source>
        <translation>速度  {note} =</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Play or draw</source>
        <translation>弹奏或绘制</translation>
    </message>
    <message>
        <source>Tap in a beat</source>
        <translation>编写节奏</translation>
    </message>
    <message>
        <source>Halves</source>
        <translation>二分音符</translation>
    </message>
    <message>
        <source>Quarters</source>
        <translation>四分音符</translation>
    </message>
    <message>
        <source>Eighths</source>
        <translation>八分音符</translation>
    </message>
    <message>
        <source>Triplets of eighths</source>
        <translation>八分三连音</translation>
    </message>
    <message>
        <source>Sixteenths</source>
        <translation>十六分音符</translation>
    </message>
    <message>
        <source>Triplets of sixteenths</source>
        <translation>十六分三连音</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>声部</translation>
    </message>
    <message>
        <source>Metre</source>
        <translation>拍号</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Tempo</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Take out the selected notes</source>
        <translation>移除选中的音符</translation>
    </message>
    <message>
        <source>Quantise</source>
        <translation>量化</translation>
    </message>
    <message>
        <source>Put the selected notes, or all, on the steps</source>
        <translation>把选中的（或全部）音符对齐到步长</translation>
    </message>
    <message>
        <source>Octave down</source>
        <translation>降八度</translation>
    </message>
    <message>
        <source>Octave up</source>
        <translation>升八度</translation>
    </message>
    <message>
        <source>Softer</source>
        <translation>弱一些</translation>
    </message>
    <message>
        <source>Louder</source>
        <translation>强一些</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Remove the last bar</source>
        <translation>移除最后一小节</translation>
    </message>
    <message>
        <source>Add a bar</source>
        <translation>添加一小节</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>A click strikes</source>
        <translation>单击的力度</translation>
    </message>
    <message>
        <source>New hits: {loud}</source>
        <translation>新的敲击：{loud}</translation>
    </message>
    <message>
        <source>On the steps: the key {number}</source>
        <translation>在格子上：按键 {number}</translation>
    </message>
    <message>
        <source>Roll to edit</source>
        <translation>可编辑的卷帘</translation>
    </message>
    <message>
        <source>Steps of the beat</source>
        <translation>节奏的格子</translation>
    </message>
    <message>
        <source>Drag in an empty place to write a note, drag a note to move it, drag its end to change its length; right-click takes it out. Shift selects several, arrow keys move what is selected, plus and minus make it louder and softer: the stronger the colour, the louder. Or play: the keys A to P are a piano, Z and X change the octave, a full stop is a rest, Backspace takes back.</source>
        <translation>在空白处拖动可写入音符，拖动音符可移动它，拖动其末端可改变长度；右键单击可删除。按住 Shift 可选择多个，方向键移动所选音符，加号和减号使其更强或更弱：颜色越深，力度越大。也可以弹奏：A 到 P 键是钢琴，Z 和 X 切换八度，句号是休止，退格键撤回。</translation>
    </message>
    <message>
        <source>Click a step to strike or silence it; with Shift a hit gets louder. Or with the keyboard: arrows, Space to strike, 1 to 4 for how loud, P to play.</source>
        <translation>单击格子可敲击或静音；按住 Shift 单击可加大力度。也可用键盘：方向键移动，空格键敲击，1 到 4 选择力度，P 播放。</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Open this work</source>
        <translation>打开此工作</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>好</translation>
    </message>
</context>
<context>
    <name>NowStrip</name>
    <message>
        <source>Yours, kept back</source>
        <translation>您的作品（留出）</translation>
    </message>
    <message>
        <source>What comes back</source>
        <translation>还原结果</translation>
    </message>
    <message>
        <source>Comes back as a copy</source>
        <translation>还原成了照抄的一首</translation>
    </message>
    <message>
        <source>A new one</source>
        <translation>新作品</translation>
    </message>
    <message>
        <source>Not new: a copy of yours</source>
        <translation>不是新的：照抄了您的一首</translation>
    </message>
    <message>
        <source>A piece that it does not learn from, what it gives back of it, and a piece that it wrote by itself.</source>
        <translation>一首不用于学习的作品、它还原出的样子，以及它自己写的一首。</translation>
    </message>
    <message>
        <source>What it can do now</source>
        <translation>它现在能做什么</translation>
    </message>
</context>
<context>
    <name>NumbersDialog</name>
    <message>
        <source>How {file} is read</source>
        <translation>{file} 的读取方式</translation>
    </message>
    <message>
        <source>Which numbers of {file} are the time series?</source>
        <translation>{file} 中哪些数字是时间序列？</translation>
    </message>
    <message>
        <source>Where the times are not regular, choose a step; the mean of what lies in each is taken.</source>
        <translation>时间间隔不规则时请选择步长；每一步取其中数值的均值。</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Season</source>
        <translation>周期</translation>
    </message>
    <message>
        <source>Read it so</source>
        <translation>按此读取</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>年</translation>
    </message>
    <message>
        <source>Quarter</source>
        <translation>季度</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>周</translation>
    </message>
    <message>
        <source>Weekday</source>
        <translation>工作日</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日</translation>
    </message>
    <message>
        <source>Hour</source>
        <translation>小时</translation>
    </message>
    <message>
        <source>Minute</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>Second</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>{count} steps</source>
        <translation>{count} 步</translation>
    </message>
    <message>
        <source>Each column of numbers</source>
        <translation>每一列数字</translation>
    </message>
    <message>
        <source>As it looks</source>
        <translation>自动判断</translation>
    </message>
    <message>
        <source>As the times are</source>
        <translation>按时间本身</translation>
    </message>
    <message>
        <source>As the calendar has it</source>
        <translation>按日历</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>Opener</name>
    <message>
        <source>Opening {name} …</source>
        <translation>正在打开 {name}…</translation>
    </message>
    <message>
        <source>The project is opened first; drop the other files again to add them to it.</source>
        <translation>先打开项目；请再次拖入其他文件以添加到项目中。</translation>
    </message>
    <message>
        <source>{sentence} Others could not be opened either: {count}.</source>
        <translation>{sentence}另有 {count} 个也无法打开。</translation>
    </message>
    <message>
        <source>The first two of {count} pieces are the ends now.</source>
        <translation>共 {count} 个作品，前两个已设为两端。</translation>
    </message>
    <message>
        <source>Open songs or sentences</source>
        <translation>打开歌曲或文本</translation>
    </message>
    <message>
        <source>Open a folder of songs or sentences</source>
        <translation>打开歌曲或文本的文件夹</translation>
    </message>
    <message>
        <source>Open a model folder</source>
        <translation>打开模型文件夹</translation>
    </message>
</context>
<context>
    <name>Operations</name>
    <message>
        <source>Accompanied</source>
        <translation>伴奏</translation>
    </message>
    <message>
        <source>Unusual steps</source>
        <translation>异常步</translation>
    </message>
    <message>
        <source>Analogy</source>
        <translation>类比</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>应答</translation>
    </message>
    <message>
        <source>Mix of four</source>
        <translation>四首混合</translation>
    </message>
    <message>
        <source>Gone on</source>
        <translation>续写</translation>
    </message>
    <message>
        <source>Filled in</source>
        <translation>填补</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>With chords</source>
        <translation>配和弦</translation>
    </message>
    <message>
        <source>Rhythm and tune</source>
        <translation>节奏与曲调</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>自己的</translation>
    </message>
    <message>
        <source>In between</source>
        <translation>两者之间</translation>
    </message>
    <message>
        <source>Given back</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新作</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>改变结果</translation>
    </message>
    <message>
        <source>From the map</source>
        <translation>来自地图</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Variation</source>
        <translation>变奏</translation>
    </message>
</context>
<context>
    <name>Origin</name>
    <message>
        <source>These were made by {model}, which is not the model that is chosen.</source>
        <translation>这些由 {model} 生成，不是当前所选的模型。</translation>
    </message>
    <message>
        <source>For these songs the model is {model} now; {other} would take only {count} bars of each.</source>
        <translation>为了这些歌曲，现在用的模型是“{model}”；“{other}”只会各取 {count} 小节。</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>好</translation>
    </message>
    <message>
        <source>Use {model}</source>
        <translation>使用 {model}</translation>
    </message>
    <message>
        <source>Back to {model}</source>
        <translation>回到“{model}”</translation>
    </message>
    <message>
        <source>Make again</source>
        <translation>重新生成</translation>
    </message>
</context>
<context>
    <name>Owner</name>
    <message>
        <source>{name}, copy</source>
        <translation>{name}（副本）</translation>
    </message>
    <message>
        <source>{name} is deleted with its figures. What was made with it stays in the library.</source>
        <translation>{name} 及其指标将被删除。用它生成的作品仍保留在作品库中。</translation>
    </message>
    <message>
        <source>Delete the model?</source>
        <translation>删除模型？</translation>
    </message>
</context>
<context>
    <name>Parameters</name>
    <message>
        <source>bars</source>
        <translation>小节</translation>
    </message>
    <message>
        <source>words</source>
        <translation>词</translation>
    </message>
    <message>
        <source>seasons</source>
        <translation>周期</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>实验室</translation>
    </message>
    <message>
        <source>How it is made: chance, and what is rarely changed</source>
        <translation>制作方式：随机性，以及很少更改的设置</translation>
    </message>
    <message>
        <source>New</source>
        <translation>换一个</translation>
    </message>
    <message>
        <source>New seed</source>
        <translation>新的随机种子</translation>
    </message>
    <message>
        <source>Another seed: other results</source>
        <translation>换一个随机种子，得到不同的结果</translation>
    </message>
</context>
<context>
    <name>Parts</name>
    <message>
        <source>Melody</source>
        <translation>旋律</translation>
    </message>
    <message>
        <source>Accompaniment</source>
        <translation>伴奏</translation>
    </message>
    <message>
        <source>Bass</source>
        <translation>低音</translation>
    </message>
    <message>
        <source>Other part</source>
        <translation>其他声部</translation>
    </message>
    <message>
        <source>Drums</source>
        <translation>鼓</translation>
    </message>
    <message>
        <source>Chord symbols</source>
        <translation>和弦标记</translation>
    </message>
</context>
<context>
    <name>PartsBar</name>
    <message>
        <source>{name}: silent; click to hear it</source>
        <translation>{name}：已静音；点击可恢复发声</translation>
    </message>
    <message>
        <source>{name}: click to silence it</source>
        <translation>{name}：点击可静音</translation>
    </message>
</context>
<context>
    <name>PathBar</name>
    <message>
        <source>Nothing is drawn yet.</source>
        <translation>还没有画任何内容。</translation>
    </message>
    <message>
        <source>Draw a line, or click two places at least.</source>
        <translation>请画一条线，或至少点击两个位置。</translation>
    </message>
    <message>
        <source>Drag across the map, or click place after place.</source>
        <translation>在地图上拖动，或依次点击各个位置。</translation>
    </message>
    <message>
        <source>It goes from the first end of the line to the last.</source>
        <translation>从线的起点走到终点。</translation>
    </message>
    <message>
        <source>All of it is in {metre}, the metre of its start.</source>
        <translation>全部为 {metre}，即起点的拍号。</translation>
    </message>
    <message>
        <source>{count} places of other metres gave way to the nearest pieces in this one.</source>
        <translation>有 {count} 处拍号不同，换成了附近同拍号的作品。</translation>
    </message>
    <message>
        <source>One place of another metre gave way to the nearest piece in this one.</source>
        <translation>有一处拍号不同，换成了附近同拍号的作品。</translation>
    </message>
    <message>
        <source>{count} places of other metres had none near and were left out.</source>
        <translation>有 {count} 处拍号不同且附近没有合适的，已略去。</translation>
    </message>
    <message>
        <source>One place of another metre had none near and was left out.</source>
        <translation>有一处拍号不同且附近没有合适的，已略去。</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>位置数</translation>
    </message>
    <message>
        <source>How many places of the path are decoded</source>
        <translation>路径上要解码的位置数</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Make a piece of it</source>
        <translation>生成作品</translation>
    </message>
</context>
<context>
    <name>Phrases</name>
    <message>
        <source>Other bars…</source>
        <translation>其他小节…</translation>
    </message>
    <message>
        <source>Another part…</source>
        <translation>另一部分…</translation>
    </message>
    <message>
        <source>First bar</source>
        <translation>起始小节</translation>
    </message>
    <message>
        <source>Last bar</source>
        <translation>结束小节</translation>
    </message>
    <message>
        <source>First season</source>
        <translation>第一个周期</translation>
    </message>
    <message>
        <source>Last season</source>
        <translation>最后一个周期</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>选用</translation>
    </message>
</context>
<context>
    <name>PieceActions</name>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
    <message>
        <source>Copied {count} pieces.</source>
        <translation>已复制 {count} 个作品。</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Stop keeping</source>
        <translation>取消收藏</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Use as A</source>
        <translation>设为 A</translation>
    </message>
    <message>
        <source>Use as B</source>
        <translation>设为 B</translation>
    </message>
    <message>
        <source>Show on the map</source>
        <translation>在地图上显示</translation>
    </message>
    <message>
        <source>Make again</source>
        <translation>重新生成</translation>
    </message>
</context>
<context>
    <name>PieceDelegate</name>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
</context>
<context>
    <name>PieceModel</name>
    <message>
        <source>Space plays, Enter makes it an end, F keeps it, E edits it</source>
        <translation>空格播放，回车设为端点，F 收藏，E 编辑</translation>
    </message>
    <message>
        <source>{what} is being made</source>
        <translation>正在生成：{what}</translation>
    </message>
    <message>
        <source>A piece</source>
        <translation>作品</translation>
    </message>
    <message>
        <source>open</source>
        <translation>已展开</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已收起</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>已收藏</translation>
    </message>
</context>
<context>
    <name>Places</name>
    <message>
        <source>A path of {count} places</source>
        <translation>经过 {count} 个位置的路径</translation>
    </message>
    <message>
        <source>Piece {number}</source>
        <translation>作品 {number}</translation>
    </message>
    <message>
        <source>Near {title}</source>
        <translation>{title} 附近</translation>
    </message>
    <message>
        <source>A place of the map</source>
        <translation>地图上的一处</translation>
    </message>
</context>
<context>
    <name>PlayBar</name>
    <message>
        <source>Place in the piece</source>
        <translation>在作品中的位置</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>MIDI and recording</source>
        <translation>MIDI 与录音</translation>
    </message>
    <message>
        <source>MIDI: the keyboard you play on, and where the music plays to</source>
        <translation>MIDI：您弹奏的键盘，以及音乐播放到哪里</translation>
    </message>
    <message>
        <source>Choose a piece first: click one, and Space plays it.</source>
        <translation>请先选择一个作品：单击它，按空格键播放。</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Back to the start, or the piece before</source>
        <translation>回到开头，或上一个作品</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>上一个</translation>
    </message>
    <message>
        <source>There is no piece after this one.</source>
        <translation>这之后没有作品了。</translation>
    </message>
    <message>
        <source>The next piece</source>
        <translation>下一个作品</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>Hold Shift and drag to choose the bars that are repeated</source>
        <translation>按住 Shift 拖动，选择要反复的小节</translation>
    </message>
    <message>
        <source>Nothing chosen</source>
        <translation>未选择任何内容</translation>
    </message>
    <message>
        <source>No sound</source>
        <translation>没有声音</translation>
    </message>
    <message>
        <source>Stop repeating</source>
        <translation>停止重复</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Bars {first} to {last} are repeated</source>
        <translation>反复第 {first} 至 {last} 小节</translation>
    </message>
    <message>
        <source>Choose the bars that are repeated</source>
        <translation>选择要反复的小节</translation>
    </message>
    <message>
        <source>Choose a piece of music first.</source>
        <translation>请先选择一首乐曲。</translation>
    </message>
    <message>
        <source>Bars that are repeated</source>
        <translation>反复的小节</translation>
    </message>
    <message>
        <source>Tempo: {percent} of what is written; type or tap another one</source>
        <translation>速度：原速的 {percent}；可以输入或敲出另一个速度</translation>
    </message>
    <message>
        <source>Tempo and metronome</source>
        <translation>速度与节拍器</translation>
    </message>
    <message>
        <source>Metronome off</source>
        <translation>关闭节拍器</translation>
    </message>
    <message>
        <source>Metronome</source>
        <translation>节拍器</translation>
    </message>
    <message>
        <source>Stop recording</source>
        <translation>停止录音</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Record: choose a MIDI keyboard first  (R)</source>
        <translation>录音：请先选择 MIDI 键盘  (R)</translation>
    </message>
</context>
<context>
    <name>Player</name>
    <message>
        <source>There is no sound: no device for it was found; connect one. The cursor moves all the same.</source>
        <translation>没有声音：未找到声音设备；请连接一个。光标仍会移动。</translation>
    </message>
    <message>
        <source>The device for sound cannot be used; another program may hold it.</source>
        <translation>无法使用声音设备；可能被其他程序占用。</translation>
    </message>
    <message>
        <source>The device for sound is gone.</source>
        <translation>声音设备已断开。</translation>
    </message>
    <message>
        <source>There is no sound: {name} is missing; install PySide6 again.</source>
        <translation>没有声音：缺少 {name}；请重新安装 PySide6。</translation>
    </message>
    <message>
        <source>There is no sound: {name} is missing (in Debian and Ubuntu it is in libpulse0); install it and start GenStudio again.</source>
        <translation>没有声音：缺少 {name}（在 Debian 和 Ubuntu 中属于 libpulse0）；请安装后重新启动 GenStudio。</translation>
    </message>
    <message>
        <source>MIDI ports cannot be listed ({error}).</source>
        <translation>无法列出 MIDI 端口（{error}）。</translation>
    </message>
    <message>
        <source>There is no MIDI keyboard; connect one, and it appears here.</source>
        <translation>没有 MIDI 键盘；接上一台，它就会出现在这里。</translation>
    </message>
    <message>
        <source>The MIDI keyboard {port} cannot be opened ({error}).</source>
        <translation>无法打开 MIDI 键盘 {port}（{error}）。</translation>
    </message>
    <message>
        <source>There is no MIDI port; connect an instrument, or start a program that has one.</source>
        <translation>没有 MIDI 端口；请连接乐器，或启动带有端口的程序。</translation>
    </message>
    <message>
        <source>The MIDI port {port} is gone; choose another.</source>
        <translation>MIDI 端口 {port} 已断开；请选择另一个。</translation>
    </message>
    <message>
        <source>The MIDI port {port} cannot be opened ({error}).</source>
        <translation>无法打开 MIDI 端口 {port}（{error}）。</translation>
    </message>
    <message>
        <source>There is no MIDI port {port} now; connect it, or choose another.</source>
        <translation>现在没有 MIDI 端口 {port}；请连接它，或选择另一个。</translation>
    </message>
</context>
<context>
    <name>Popover</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>PortBox</name>
    <message>
        <source>{port} (not connected)</source>
        <translation>{port}（未连接）</translation>
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
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>What is older is taken out of the history at the next start. What you kept, what is an end and what you work with always stay.</source>
        <translation>更早的记录会在下次启动时从历史记录中清除。收藏的作品、两端的作品和正在使用的作品始终保留。</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>Play a piece again and again.</source>
        <translation>反复播放同一作品。</translation>
    </message>
    <message>
        <source>Play a beat again and again.</source>
        <translation>反复播放一段节奏。</translation>
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
        <source>Music plays to</source>
        <translation>音乐播放到</translation>
    </message>
    <message>
        <source>The sound of this computer, or a MIDI port.</source>
        <translation>本机的声音，或一个 MIDI 端口。</translation>
    </message>
    <message>
        <source>MIDI keyboard</source>
        <translation>MIDI 键盘</translation>
    </message>
    <message>
        <source>What you play and record on.</source>
        <translation>您弹奏和录音用的键盘。</translation>
    </message>
    <message>
        <source>MIDI clock goes to</source>
        <translation>MIDI 时钟发送到</translation>
    </message>
    <message>
        <source>A drum machine or program that is to run in time.</source>
        <translation>要与之同步运行的鼓机或程序。</translation>
    </message>
    <message>
        <source>Your models, library and work</source>
        <translation>你的模型、作品库和工作</translation>
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
        <source>The last {count} days</source>
        <translation>最近 {count} 天</translation>
    </message>
    <message>
        <source>The last {count} entries</source>
        <translation>最近 {count} 条</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>Loop beats</source>
        <translation>循环播放节奏</translation>
    </message>
    <message>
        <source>The sound of this computer</source>
        <translation>本机声音</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>不发送</translation>
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
    <name>ProjectButton</name>
    <message>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
    <message>
        <source>Project: {name}, not saved yet</source>
        <translation>项目：{name}，尚未保存</translation>
    </message>
    <message>
        <source>Project: {name}</source>
        <translation>项目：{name}</translation>
    </message>
    <message>
        <source>It has no file yet.</source>
        <translation>还没有文件。</translation>
    </message>
</context>
<context>
    <name>Projects</name>
    <message>
        <source>{name} is not a project of GenStudio; choose a file that ends in .genstudio.</source>
        <translation>{name} 不是 GenStudio 项目；请选择以 .genstudio 结尾的文件。</translation>
    </message>
    <message>
        <source>{name} is damaged and cannot be opened ({reason}); take an earlier copy of it.</source>
        <translation>{name} 已损坏，无法打开（{reason}）；请使用较早的副本。</translation>
    </message>
    <message>
        <source>{name} was saved by a later version of GenStudio; get that version to open it.</source>
        <translation>{name} 由更新版本的 GenStudio 保存；请安装该版本后再打开。</translation>
    </message>
    <message>
        <source>{name} is larger than any project is; it is not opened.</source>
        <translation>{name} 比任何项目都大，没有打开。</translation>
    </message>
    <message>
        <source>{name} has something in it that belongs to no project ({inner}); it is not opened.</source>
        <translation>{name} 中有不属于项目的内容（{inner}），没有打开。</translation>
    </message>
    <message>
        <source>{name} has pieces of a kind that is not known here ({kind}); get what adds it.</source>
        <translation>{name} 中有此处未知类型的作品（{kind}）；请安装支持它的扩展。</translation>
    </message>
    <message>
        <source>something in it is missing</source>
        <translation>其中缺少内容</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>This project was made with the model {name}, which is not here. Your pieces are all there; to make more of them, open the folder of that model, or choose another one at the top.</source>
        <translation>这个项目是用模型 {name} 制作的，但这里没有该模型。您的作品都在；要继续制作，请打开该模型的文件夹，或在顶部选择另一个模型。</translation>
    </message>
    <message>
        <source>{name} is saved.</source>
        <translation>{name} 已保存。</translation>
    </message>
</context>
<context>
    <name>Recorder</name>
    <message>
        <source>Record</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>In {count}</source>
        <translation>倒数 {count}</translation>
    </message>
    <message>
        <source>Stop ({beat})</source>
        <translation>停止 ({beat})</translation>
    </message>
    <message>
        <source>One bar is counted in; what you play is put on the steps</source>
        <translation>先预备一小节；弹奏的音符会对齐到网格</translation>
    </message>
    <message>
        <source>Piano keyboard</source>
        <translation>钢琴键盘</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>My recording</source>
        <translation>我的录音</translation>
    </message>
    <message>
        <source>Nothing was recorded: no note was played after the count-in.</source>
        <translation>没有录到任何内容：预备拍之后没有弹奏音符。</translation>
    </message>
    <message>
        <source>Recorded: one note.</source>
        <translation>已录制：1 个音符。</translation>
    </message>
    <message>
        <source>Recorded: {count} notes.</source>
        <translation>已录制：{count} 个音符。</translation>
    </message>
</context>
<context>
    <name>Regions</name>
    <message>
        <source>few notes</source>
        <translation>音少</translation>
    </message>
    <message>
        <source>many notes</source>
        <translation>音多</translation>
    </message>
    <message>
        <source>low</source>
        <translation>低</translation>
    </message>
    <message>
        <source>high</source>
        <translation>高</translation>
    </message>
    <message>
        <source>narrow range</source>
        <translation>音域窄</translation>
    </message>
    <message>
        <source>wide range</source>
        <translation>音域宽</translation>
    </message>
    <message>
        <source>small intervals</source>
        <translation>音程小</translation>
    </message>
    <message>
        <source>leaps</source>
        <translation>跳进</translation>
    </message>
    <message>
        <source>on the beat</source>
        <translation>在拍上</translation>
    </message>
    <message>
        <source>syncopated</source>
        <translation>切分</translation>
    </message>
    <message>
        <source>few steps</source>
        <translation>级进少</translation>
    </message>
    <message>
        <source>stepwise</source>
        <translation>级进</translation>
    </message>
    <message>
        <source>few rests</source>
        <translation>休止少</translation>
    </message>
    <message>
        <source>many rests</source>
        <translation>休止多</translation>
    </message>
    <message>
        <source>chromatic</source>
        <translation>半音化</translation>
    </message>
    <message>
        <source>in one scale</source>
        <translation>同一音阶</translation>
    </message>
    <message>
        <source>thin</source>
        <translation>单薄</translation>
    </message>
    <message>
        <source>full</source>
        <translation>丰满</translation>
    </message>
    <message>
        <source>few chords</source>
        <translation>和弦少</translation>
    </message>
    <message>
        <source>many chords</source>
        <translation>和弦多</translation>
    </message>
    <message>
        <source>straight</source>
        <translation>平直</translation>
    </message>
    <message>
        <source>swung</source>
        <translation>摇摆</translation>
    </message>
    <message>
        <source>soft</source>
        <translation>轻</translation>
    </message>
    <message>
        <source>loud</source>
        <translation>响</translation>
    </message>
    <message>
        <source>short</source>
        <translation>短</translation>
    </message>
    <message>
        <source>long</source>
        <translation>长</translation>
    </message>
    <message>
        <source>short words</source>
        <translation>词短</translation>
    </message>
    <message>
        <source>long words</source>
        <translation>词长</translation>
    </message>
    <message>
        <source>few marks</source>
        <translation>标点少</translation>
    </message>
    <message>
        <source>many marks</source>
        <translation>标点多</translation>
    </message>
    <message>
        <source>little {what}</source>
        <translation>{what}少</translation>
    </message>
    <message>
        <source>much {what}</source>
        <translation>{what}多</translation>
    </message>
</context>
<context>
    <name>Remedies</name>
    <message>
        <source>start it again under another name</source>
        <translation>换一个名称重新开始</translation>
    </message>
    <message>
        <source>build one on the Corpus page</source>
        <translation>在“语料库”页面构建一个</translation>
    </message>
    <message>
        <source>choose the column that holds the text</source>
        <translation>选择包含文本的列</translation>
    </message>
    <message>
        <source>choose the column that is the time series</source>
        <translation>请选择时间序列所在的列</translation>
    </message>
    <message>
        <source>choose another name or folder</source>
        <translation>选择其他名称或文件夹</translation>
    </message>
    <message>
        <source>choose other bars at the end</source>
        <translation>在端点处选择其他小节</translation>
    </message>
    <message>
        <source>choose another one of the list</source>
        <translation>从列表中另选一个</translation>
    </message>
    <message>
        <source>choose another in the preferences</source>
        <translation>在首选项中另选一个</translation>
    </message>
    <message>
        <source>choose a step such as day or month, of each of which the mean is taken</source>
        <translation>选择一个步长，如日或月，每一步取均值</translation>
    </message>
    <message>
        <source>choose another track in the menu of the end</source>
        <translation>在端点的菜单中另选音轨</translation>
    </message>
    <message>
        <source>train once more, with more steps or minutes, to get one</source>
        <translation>用更多步数或分钟再训练一次即可得到</translation>
    </message>
    <message>
        <source>build the corpus with the vocabulary of that model</source>
        <translation>用该模型的词表构建语料库</translation>
    </message>
    <message>
        <source>the setting Keep says how many</source>
        <translation>用“保留”设置指定数量</translation>
    </message>
    <message>
        <source>install GenStudio again, with all its parts</source>
        <translation>请重新完整安装 GenStudio</translation>
    </message>
    <message>
        <source>make the map in the other way, which is always there</source>
        <translation>请用另一种始终可用的方式绘制地图</translation>
    </message>
    <message>
        <source>choose another one in the preferences, or install GenStudio again</source>
        <translation>请在偏好设置中另选一个，或重新安装 GenStudio</translation>
    </message>
    <message>
        <source>let it learn them from a corpus</source>
        <translation>让模型从语料库中学习</translation>
    </message>
    <message>
        <source>make one on the Map page</source>
        <translation>在“地图”页面制作一个</translation>
    </message>
    <message>
        <source>go on with it, or choose another name</source>
        <translation>继续它，或另选一个名称</translation>
    </message>
    <message>
        <source>start again with a KL floor of 0.5, or with All blank at 0.4</source>
        <translation>请以 0.5 的 KL 下限重新开始，或把“全部留空”设为 0.4</translation>
    </message>
    <message>
        <source>start again with a word dropout of 0.3, a KL floor of 0.25, or a KL weight of 0.5 or less</source>
        <translation>用 0.3 的词丢弃率、0.25 的 KL 下限，或 0.5 及以下的 KL 权重重新开始</translation>
    </message>
    <message>
        <source>{sentence}; {remedy}</source>
        <translation>{sentence}；{remedy}</translation>
    </message>
</context>
<context>
    <name>Roll</name>
    <message>
        <source>whole note</source>
        <translation>全音符</translation>
    </message>
    <message>
        <source>half note</source>
        <translation>二分音符</translation>
    </message>
    <message>
        <source>quarter</source>
        <translation>四分音符</translation>
    </message>
    <message>
        <source>eighth</source>
        <translation>八分音符</translation>
    </message>
    <message>
        <source>sixteenth</source>
        <translation>十六分音符</translation>
    </message>
    <message>
        <source>thirty-second</source>
        <translation>三十二分音符</translation>
    </message>
    <message>
        <source>dotted {length}</source>
        <translation>附点{length}</translation>
    </message>
    <message>
        <source>{length} of a triplet</source>
        <translation>三连音中的{length}</translation>
    </message>
    <message>
        <source>{count} quarters</source>
        <translation>{count} 个四分音符</translation>
    </message>
    <message>
        <source>pickup</source>
        <translation>弱起</translation>
    </message>
    <message>
        <source>bar {bar}, beat {beat}</source>
        <translation>第 {bar} 小节第 {beat} 拍</translation>
    </message>
    <message>
        <source>1 bar</source>
        <translation>1 小节</translation>
    </message>
    <message>
        <source>{count} bars</source>
        <translation>{count} 小节</translation>
    </message>
    <message>
        <source>{bars} in {metre}</source>
        <translation>{bars}，{metre} 拍</translation>
    </message>
    <message>
        <source>with a pickup</source>
        <translation>带弱起</translation>
    </message>
    <message>
        <source>no notes</source>
        <translation>没有音符</translation>
    </message>
    <message>
        <source>no hits</source>
        <translation>没有敲击</translation>
    </message>
    <message>
        <source>{tempo} quarters a minute</source>
        <translation>每分钟 {tempo} 个四分音符</translation>
    </message>
    <message>
        <source>{tempo} dotted quarters a minute</source>
        <translation>每分钟 {tempo} 个附点四分音符</translation>
    </message>
    <message>
        <source>{tempo} dotted eighths a minute</source>
        <translation>每分钟 {tempo} 个附点八分音符</translation>
    </message>
    <message>
        <source>{seconds} seconds</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{notes} from {low} to {high}</source>
        <translation>{notes}，从 {low} 到 {high}</translation>
    </message>
    <message>
        <source>1 note</source>
        <translation>1 个音符</translation>
    </message>
    <message>
        <source>{count} notes</source>
        <translation>{count} 个音符</translation>
    </message>
    <message>
        <source>It begins on {first} and ends on {last}; its highest note comes at {place}.</source>
        <translation>它从 {first} 开始，到 {last} 结束；最高音在{place}。</translation>
    </message>
    <message>
        <source>The commonest length is: {length}.</source>
        <translation>最常见的时值是：{length}。</translation>
    </message>
    <message>
        <source>It moves mostly by step.</source>
        <translation>它大多级进。</translation>
    </message>
    <message>
        <source>It moves mostly by leaps.</source>
        <translation>它大多跳进。</translation>
    </message>
    <message>
        <source>1 chord symbol</source>
        <translation>1 个和弦标记</translation>
    </message>
    <message>
        <source>{count} chord symbols</source>
        <translation>{count} 个和弦标记</translation>
    </message>
    <message>
        <source>{count}, beginning with {first}.</source>
        <translation>{count}，以 {first} 开头。</translation>
    </message>
    <message>
        <source>1 hit</source>
        <translation>1 次敲击</translation>
    </message>
    <message>
        <source>{count} hits</source>
        <translation>{count} 次敲击</translation>
    </message>
    <message>
        <source>{tonic} major</source>
        <translation>{tonic} 大调</translation>
    </message>
    <message>
        <source>{tonic} minor</source>
        <translation>{tonic} 小调</translation>
    </message>
    <message>
        <source>{tonic} dorian</source>
        <translation>{tonic} 多利亚调式</translation>
    </message>
    <message>
        <source>{tonic} mixolydian</source>
        <translation>{tonic} 混合利底亚调式</translation>
    </message>
    <message>
        <source>{tonic} lydian</source>
        <translation>{tonic} 利底亚调式</translation>
    </message>
    <message>
        <source>{tonic} phrygian</source>
        <translation>{tonic} 弗里几亚调式</translation>
    </message>
    <message>
        <source>{tonic} locrian</source>
        <translation>{tonic} 洛克利亚调式</translation>
    </message>
    <message>
        <source>{tonic} aeolian</source>
        <translation>{tonic} 爱奥利亚调式</translation>
    </message>
    <message>
        <source>{tonic} ionian</source>
        <translation>{tonic} 伊奥尼亚调式</translation>
    </message>
</context>
<context>
    <name>RollView</name>
    <message>
        <source>{count} notes are the same in both.</source>
        <translation>两者有 {count} 个相同的音符。</translation>
    </message>
    <message>
        <source>Piano roll</source>
        <translation>钢琴卷帘</translation>
    </message>
    <message>
        <source>Drum grid</source>
        <translation>鼓点网格</translation>
    </message>
    <message>
        <source>Nothing is shown.</source>
        <translation>没有显示任何内容。</translation>
    </message>
    <message>
        <source>Choose a piece to see it here.</source>
        <translation>选择一个作品即可在此查看。</translation>
    </message>
</context>
<context>
    <name>RunFigures</name>
    <message>
        <source>Find a figure</source>
        <translation>查找指标</translation>
    </message>
    <message>
        <source>The model uses {active} of its {dims} dimensions.</source>
        <translation>模型用到了 {dims} 个维度中的 {active} 个。</translation>
    </message>
    <message>
        <source>Of pieces it has not seen, {share} of the notes come back right.</source>
        <translation>对没见过的作品，{share} 的音符能正确还原。</translation>
    </message>
    <message>
        <source>{share} of them come back without any difference.</source>
        <translation>没见过的作品中，有 {share} 能完全还原。</translation>
    </message>
    <message>
        <source>It foretells {share} of the next tokens.</source>
        <translation>下一个词元的预测准确率为 {share}。</translation>
    </message>
    <message>
        <source>Samples come from a prior that it has learned: a piece costs {kl} nats under it, not {standard}.</source>
        <translation>样本取自它学到的先验：一件作品在其下的代价为 {kl} 奈特，而非 {standard}。</translation>
    </message>
    <message>
        <source>Figures of every evaluation</source>
        <translation>每次评估的指标</translation>
    </message>
</context>
<context>
    <name>RunPanel</name>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>{count} steps a second</source>
        <translation>每秒 {count} 步</translation>
    </message>
    <message>
        <source>{count} s a step</source>
        <translation>每步 {count} 秒</translation>
    </message>
    <message>
        <source>{count} steps</source>
        <translation>{count} 步</translation>
    </message>
    <message>
        <source>installed as {name}</source>
        <translation>已安装为 {name}</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Start now</source>
        <translation>立即开始</translation>
    </message>
    <message>
        <source>The training failed</source>
        <translation>训练失败</translation>
    </message>
    <message>
        <source>The training ended unexpectedly</source>
        <translation>训练意外结束</translation>
    </message>
    <message>
        <source>Up to step {step} all is kept, and it can go on from there as if nothing had happened.</source>
        <translation>第 {step} 步之前的进度均已保存，可以从那里继续，不受任何影响。</translation>
    </message>
    <message>
        <source>Nothing was kept yet; it can start from the beginning.</source>
        <translation>尚未保存任何进度，可以从头开始。</translation>
    </message>
    <message>
        <source>The folder of this training is damaged</source>
        <translation>此训练的文件夹已损坏</translation>
    </message>
    <message>
        <source>{error} It cannot go on; discard it, and train anew on its corpus.</source>
        <translation>{error} 训练无法继续；请将其丢弃，并在原语料库上重新训练。</translation>
    </message>
    <message>
        <source>Hide 30 % of the decoder&apos;s inputs and start again</source>
        <translation>遮住解码器 30% 的输入并重新开始</translation>
    </message>
    <message>
        <source>The decoder does not listen to the latent space</source>
        <translation>解码器没有用到潜在空间</translation>
    </message>
    <message>
        <source>{active} of {dims} dimensions are in use and the KL is {kl} nats, so every place of the space sounds alike (posterior collapse). It helps to make the decoder need the code: hide some of its inputs from it, or charge less for the code. This run is stopped and kept, and a new one begins.</source>
        <translation>{dims} 个维度中有 {active} 个活跃，KL 散度为 {kl} 奈特，因此空间各处听起来都一样（后验坍塌）。让解码器离不开潜在编码会有帮助：遮住它的一部分输入，或降低潜在编码的代价。当前训练会停止并保留，然后开始一次新的训练。</translation>
    </message>
    <message>
        <source>The model is ready</source>
        <translation>模型已就绪</translation>
    </message>
    <message>
        <source>The model so far can be used</source>
        <translation>目前的模型已可使用</translation>
    </message>
    <message>
        <source>It is installed as {name}.</source>
        <translation>已安装为 {name}。</translation>
    </message>
    <message>
        <source>No piece could be kept back to see how well it learned. Listen to what it writes.</source>
        <translation>没有留出作品来检验学习效果。请听听它写的作品。</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Install and use the model</source>
        <translation>安装并使用此模型</translation>
    </message>
    <message>
        <source>30 minutes more</source>
        <translation>再学 30 分钟</translation>
    </message>
    <message>
        <source>Learn 30 minutes more</source>
        <translation>再学习 30 分钟</translation>
    </message>
    <message>
        <source>Curves and figures</source>
        <translation>曲线与指标</translation>
    </message>
    <message>
        <source>Give it free bits</source>
        <translation>使用自由比特</translation>
    </message>
    <message>
        <source>Lower the KL weight to {weight}</source>
        <translation>将 KL 权重降到 {weight}</translation>
    </message>
    <message>
        <source>Install it, and make pieces with it on the Create page.</source>
        <translation>安装它，然后在“创作”页面用它制作作品。</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>End it and delete all of it</source>
        <translation>结束训练并删除全部内容</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Forget how far it has come and train from the beginning</source>
        <translation>放弃已有进度，从头训练</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>End it and keep the model so far</source>
        <translation>结束训练并保留目前的模型</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Stop for a while; it goes on exactly where it was</source>
        <translation>暂时停下，之后从原处继续</translation>
    </message>
    <message>
        <source>Go on exactly where it was</source>
        <translation>从原处继续</translation>
    </message>
    <message>
        <source>Progress of the training</source>
        <translation>训练进度</translation>
    </message>
    <message>
        <source>Model card</source>
        <translation>模型卡</translation>
    </message>
    <message>
        <source>Show the model card</source>
        <translation>显示模型卡</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Show and measure the figures of the model</source>
        <translation>显示并评测此模型的指标</translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message>
        <source>Learning, {share} %</source>
        <translation>学习中，{share}%</translation>
    </message>
    <message>
        <source>Paused at {share} %</source>
        <translation>已暂停，{share}%</translation>
    </message>
    <message>
        <source>Stopped at {share} %</source>
        <translation>已停止，{share}%</translation>
    </message>
    <message>
        <source>Paused at step {step} of {steps} of the prior</source>
        <translation>先验拟合已暂停：第 {step} 步，共 {steps} 步</translation>
    </message>
    <message>
        <source>Stopped at step {step} of {steps} of the prior</source>
        <translation>先验拟合已停止：第 {step} 步，共 {steps} 步</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Pausing, saving first</source>
        <translation>正在保存并暂停</translation>
    </message>
    <message>
        <source>Stopping, saving first</source>
        <translation>正在保存并停止</translation>
    </message>
    <message>
        <source>Paused at step {step}</source>
        <translation>已在第 {step} 步暂停</translation>
    </message>
    <message>
        <source>Stopped at step {step}</source>
        <translation>已在第 {step} 步停止</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Ended unexpectedly</source>
        <translation>意外结束</translation>
    </message>
    <message>
        <source>Works in another process</source>
        <translation>正在另一个进程中运行</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>Encoding for the prior, {count} of {total} pieces</source>
        <translation>正在为先验编码，{count}/{total} 件作品</translation>
    </message>
    <message>
        <source>Fitting the prior, step {step} of {steps}</source>
        <translation>正在拟合先验，第 {step} 步，共 {steps} 步</translation>
    </message>
    <message>
        <source>Step {step} of {steps}</source>
        <translation>第 {step} 步，共 {steps} 步</translation>
    </message>
    <message>
        <source>Learns from {learned} pieces; {held} more are kept back to see how well it learns.</source>
        <translation>用 {learned} 首学习；另留出 {held} 首，用来检验学得如何。</translation>
    </message>
    <message>
        <source>Learns from {learned} phrases of {count} pieces; {held} more are kept back to see how well it learns.</source>
        <translation>用 {count} 首中的 {learned} 个乐句学习；另留出 {held} 个，用来检验学得如何。</translation>
    </message>
    <message>
        <source>{count} there twice</source>
        <translation>{count} 件重复</translation>
    </message>
    <message>
        <source>1 file of another kind</source>
        <translation>1 个其他类型的文件</translation>
    </message>
    <message>
        <source>{count} files of other kinds</source>
        <translation>{count} 个其他类型的文件</translation>
    </message>
    <message>
        <source>{count} that cannot be used ({reason})</source>
        <translation>{count} 个无法使用（{reason}）</translation>
    </message>
    <message>
        <source>Left out: {what}.</source>
        <translation>未采用：{what}。</translation>
    </message>
</context>
<context>
    <name>ScoreView</name>
    <message>
        <source>Score</source>
        <translation>乐谱</translation>
    </message>
    <message>
        <source>Nothing is shown.</source>
        <translation>没有显示任何内容。</translation>
    </message>
    <message>
        <source>Choose a piece to see its score here.</source>
        <translation>选择一个作品即可在此查看其乐谱。</translation>
    </message>
    <message>
        <source>The score is being engraved.</source>
        <translation>正在排版乐谱。</translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message>
        <source>action</source>
        <translation>操作</translation>
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
        <source>in the library</source>
        <translation>作品库</translation>
    </message>
</context>
<context>
    <name>Series</name>
    <message>
        <source>1 year</source>
        <translation>1 年</translation>
    </message>
    <message>
        <source>{count} years</source>
        <translation>{count} 年</translation>
    </message>
    <message>
        <source>1 quarter</source>
        <translation>1 个季度</translation>
    </message>
    <message>
        <source>{count} quarters</source>
        <translation>{count} 个季度</translation>
    </message>
    <message>
        <source>1 month</source>
        <translation>1 个月</translation>
    </message>
    <message>
        <source>{count} months</source>
        <translation>{count} 个月</translation>
    </message>
    <message>
        <source>1 week</source>
        <translation>1 周</translation>
    </message>
    <message>
        <source>{count} weeks</source>
        <translation>{count} 周</translation>
    </message>
    <message>
        <source>1 weekday</source>
        <translation>1 个工作日</translation>
    </message>
    <message>
        <source>{count} weekdays</source>
        <translation>{count} 个工作日</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 天</translation>
    </message>
    <message>
        <source>{count} days</source>
        <translation>{count} 天</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1 小时</translation>
    </message>
    <message>
        <source>{count} hours</source>
        <translation>{count} 小时</translation>
    </message>
    <message>
        <source>1 minute</source>
        <translation>1 分钟</translation>
    </message>
    <message>
        <source>{count} minutes</source>
        <translation>{count} 分钟</translation>
    </message>
    <message>
        <source>1 second</source>
        <translation>1 秒</translation>
    </message>
    <message>
        <source>{count} seconds</source>
        <translation>{count} 秒</translation>
    </message>
    <message>
        <source>1 step</source>
        <translation>1 步</translation>
    </message>
    <message>
        <source>{count} steps</source>
        <translation>{count} 步</translation>
    </message>
    <message>
        <source>{steps} of {length}</source>
        <translation>{steps}，每步 {length}</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} 至 {last}</translation>
    </message>
    <message>
        <source>rising</source>
        <translation>上升</translation>
    </message>
    <message>
        <source>falling</source>
        <translation>下降</translation>
    </message>
    <message>
        <source>yearly season</source>
        <translation>以年为周期</translation>
    </message>
    <message>
        <source>weekly season</source>
        <translation>以周为周期</translation>
    </message>
    <message>
        <source>daily season</source>
        <translation>以日为周期</translation>
    </message>
    <message>
        <source>season of {count} steps</source>
        <translation>以 {count} 步为周期</translation>
    </message>
    <message>
        <source>{steps} ahead</source>
        <translation>向前 {steps}</translation>
    </message>
    <message>
        <source>most unusual: {time}</source>
        <translation>最异常：{time}</translation>
    </message>
    <message>
        <source>{steps}, written by hand</source>
        <translation>{steps}，手写</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Its values</source>
        <translation>预测值</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Season</source>
        <translation>周期</translation>
    </message>
    <message>
        <source>Course</source>
        <translation>走势</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>Lowest</source>
        <translation>最低</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>Highest</source>
        <translation>最高</translation>
    </message>
    <message>
        <source>same values</source>
        <translation>数值相同</translation>
    </message>
    <message>
        <source>Steps {first} to {last}</source>
        <translation>第 {first} 到 {last} 步</translation>
    </message>
    <message>
        <source>Give it A with gaps, which its editor makes; what could stand there is found.</source>
        <translation>给它带有空缺的 A（空缺在编辑器里留出）；它会找出那里可能是什么。</translation>
    </message>
</context>
<context>
    <name>SeriesChart</name>
    <message>
        <source>Chart of {title}</source>
        <translation>{title} 的图表</translation>
    </message>
    <message>
        <source>in 8 of 10 cases {low} to {high}</source>
        <translation>十次中有八次在 {low} 到 {high} 之间</translation>
    </message>
    <message>
        <source>unusual by {score} nats</source>
        <translation>异常程度 {score} 奈特</translation>
    </message>
    <message>
        <source>forecast: the middle of all draws, and how far these lie apart</source>
        <translation>预测：所有抽样的中位数，以及它们相差多远</translation>
    </message>
    <message>
        <source>known values</source>
        <translation>已知值</translation>
    </message>
    <message>
        <source>written by hand</source>
        <translation>手写</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Sequences of each step, over all processes together.</source>
        <translation>每步的序列数，所有进程合计。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Length of the training.</source>
        <translation>训练的长度。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Highest learning rate.</source>
        <translation>最高学习率。</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Steps in which the learning rate rises.</source>
        <translation>学习率上升阶段的步数。</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Final rate</source>
        <translation>最终学习率</translation>
    </message>
    <message>
        <source>Learning rate at the end, as a share of the highest.</source>
        <translation>训练结束时的学习率，以最高学习率的比例表示。</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Decoupled weight decay on matrices.</source>
        <translation>对矩阵施加的解耦权重衰减。</translation>
    </message>
    <message>
        <source>Beta 2</source>
        <translation>Beta 2</translation>
    </message>
    <message>
        <source>AdamW&apos;s second decay rate.</source>
        <translation>AdamW 的第二个衰减率。</translation>
    </message>
    <message>
        <source>Gradient clip</source>
        <translation>梯度裁剪</translation>
    </message>
    <message>
        <source>Largest norm of the gradient; 0: no limit.</source>
        <translation>梯度范数的上限；0 表示不限。</translation>
    </message>
    <message>
        <source>Evaluate every</source>
        <translation>评估间隔</translation>
    </message>
    <message>
        <source>Steps between evaluations on held-out pieces.</source>
        <translation>在留出作品上两次评估之间的步数。</translation>
    </message>
    <message>
        <source>Evaluate on</source>
        <translation>评估序列数</translation>
    </message>
    <message>
        <source>Held-out sequences of each evaluation in training.</source>
        <translation>训练期间每次评估所用的留出序列数。</translation>
    </message>
    <message>
        <source>KL weight</source>
        <translation>KL 权重</translation>
    </message>
    <message>
        <source>Weight at the end of the schedule (beta).</source>
        <translation>调度结束时的权重 (beta)。</translation>
    </message>
    <message>
        <source>First KL weight</source>
        <translation>初始 KL 权重</translation>
    </message>
    <message>
        <source>Weight at the start of the schedule.</source>
        <translation>调度开始时的权重。</translation>
    </message>
    <message>
        <source>KL schedule</source>
        <translation>KL 调度</translation>
    </message>
    <message>
        <source>Rise begins</source>
        <translation>上升起点</translation>
    </message>
    <message>
        <source>Share of the training before which the weight stays at its first value.</source>
        <translation>权重在训练进行到此比例之前保持初始值。</translation>
    </message>
    <message>
        <source>Rise ends</source>
        <translation>上升终点</translation>
    </message>
    <message>
        <source>Share of the training (of each cycle) at which the weight is reached.</source>
        <translation>权重在训练（或每个周期）进行到此比例时达到目标值。</translation>
    </message>
    <message>
        <source>Cycles</source>
        <translation>周期数</translation>
    </message>
    <message>
        <source>Number of cycles of the cyclical schedule.</source>
        <translation>周期调度的周期数。</translation>
    </message>
    <message>
        <source>Free bits</source>
        <translation>自由比特</translation>
    </message>
    <message>
        <source>nats</source>
        <translation>奈特</translation>
    </message>
    <message>
        <source>Free bits in</source>
        <translation>自由比特范围</translation>
    </message>
    <message>
        <source>Whether the floor holds for each dimension or for all together.</source>
        <translation>下限对每个维度分别生效，还是对所有维度合计生效。</translation>
    </message>
    <message>
        <source>Parts blank</source>
        <translation>声部留空</translation>
    </message>
    <message>
        <source>Share of the sequences of which whole parts (voices) are blank.</source>
        <translation>整个声部留空的序列所占比例。</translation>
    </message>
    <message>
        <source>Steps in which a prior is fitted to the codes when all else is trained, for better samples (VAEs only); 0: the prior stays N(0, I). Never more than the training has, and fewer where a limit on the steps shortens it.</source>
        <translation>其余部分训练完之后，用来拟合编码先验的步数，以得到更好的样本（仅限 VAE）；0：先验保持为 N(0, I)。不会多于训练的步数；步数受限时会减少。</translation>
    </message>
    <message>
        <source>Share of the minutes that the fitting of the prior may take.</source>
        <translation>拟合先验可占用的时间比例。</translation>
    </message>
    <message>
        <source>Core</source>
        <translation>核心架构</translation>
    </message>
    <message>
        <source>Architecture of encoder and decoder: a file name in models/cores.</source>
        <translation>编码器和解码器的架构：models/cores 中的文件名。</translation>
    </message>
    <message>
        <source>Word dropout</source>
        <translation>词丢弃</translation>
    </message>
    <message>
        <source>Share of the decoder&apos;s inputs that are hidden in training.</source>
        <translation>训练时遮住的解码器输入的比例。</translation>
    </message>
    <message>
        <source>Word dropout at the end</source>
        <translation>最终词丢弃</translation>
    </message>
    <message>
        <source>Share at the end of the training; -1: as at the start.</source>
        <translation>训练结束时的比例；-1 表示与开始时相同。</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>互换</translation>
    </message>
    <message>
        <source>Share of the sequences whose interchangeable tokens (the key of a melody) are replaced by a random one in training.</source>
        <translation>训练时将可互换词元（旋律的调）随机替换的序列所占的比例。</translation>
    </message>
    <message>
        <source>Emphasis</source>
        <translation>强调</translation>
    </message>
    <message>
        <source>Weight in training of the tokens that open a sequence (key and metre of a melody) and of its end.</source>
        <translation>训练时序列开头的词元（旋律的调和拍号）及结尾的权重。</translation>
    </message>
    <message>
        <source>Variants</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>Share of the sequences that are replaced by a variant in training (melodies: a part, other metre, fewer notes …).</source>
        <translation>训练时替换为变体的序列所占的比例（旋律：截取片段、改变拍号、减少音符等）。</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Latent dimensions</source>
        <translation>潜在维数</translation>
    </message>
    <message>
        <source>Size of z.</source>
        <translation>z 的维数。</translation>
    </message>
    <message>
        <source>Embedding width</source>
        <translation>嵌入宽度</translation>
    </message>
    <message>
        <source>Size of a token&apos;s vector.</source>
        <translation>词元向量的维数。</translation>
    </message>
    <message>
        <source>Encoder width</source>
        <translation>编码器宽度</translation>
    </message>
    <message>
        <source>Hidden size of each direction of the encoder.</source>
        <translation>编码器每个方向的隐藏层大小。</translation>
    </message>
    <message>
        <source>Decoder width</source>
        <translation>解码器宽度</translation>
    </message>
    <message>
        <source>Hidden size of the decoder.</source>
        <translation>解码器的隐藏层大小。</translation>
    </message>
    <message>
        <source>Decoder layers</source>
        <translation>解码器层数</translation>
    </message>
    <message>
        <source>How the weight rises: constant; linear, the usual one, and sigmoid, for a latent that is lost early (Bowman et al. 2016); cyclical, for one that is lost late (Fu et al. 2019).</source>
        <translation>权重如何上升：constant，不变；linear，通常的选择，sigmoid，用于隐变量早早失效时（Bowman 等 2016）；cyclical，用于隐变量后来失效时（Fu 等 2019）。</translation>
    </message>
    <message>
        <source>KL that costs nothing (Kingma et al. 2016): the first thing to try when the KL falls to zero.</source>
        <translation>不计代价的 KL（Kingma 等 2016）：KL 降为零时首先尝试的办法。</translation>
    </message>
    <message>
        <source>Target rate</source>
        <translation>目标率</translation>
    </message>
    <message>
        <source>KL of a sequence to aim at: the loss is weight * |KL - target| (Burgess et al. 2018; Alemi et al. 2018); 0: none. For models that are to be compared at one rate; with a weight of 1 or more.</source>
        <translation>每个序列的目标 KL：代价为 权重 × |KL − 目标|（Burgess 等 2018；Alemi 等 2018）；0：无。用于在同一率下比较模型；权重取 1 或更大。</translation>
    </message>
    <message>
        <source>Batch norm scale</source>
        <translation>批归一化尺度</translation>
    </message>
    <message>
        <source>Standard deviation (gamma) to which each dimension of the posterior mean is normalised over the data (Zhu et al. 2020); 0: not. For a KL that cannot fall below gamma² / 2 a dimension, without a schedule; 0.5 to 1 is usual.</source>
        <translation>后验均值的每一维在数据上归一化到的标准差（gamma，Zhu 等 2020）；0：不用。使每一维的 KL 不会低于 gamma² / 2，无需调度；通常取 0.5 到 1。</translation>
    </message>
    <message>
        <source>Pre-training</source>
        <translation>预训练</translation>
    </message>
    <message>
        <source>Share of the training in which the model is an autoencoder, without KL and noise, before the schedule begins (Li et al. 2019). With free bits, for a strong decoder that ignores the code with free bits alone.</source>
        <translation>训练开始时作为自编码器（无 KL、无噪声）的比例，之后调度才开始（Li 等 2019）。与自由比特合用，适合仅靠自由比特仍不听隐变量的强解码器。</translation>
    </message>
    <message>
        <source>Fresh decoder</source>
        <translation>重置解码器</translation>
    </message>
    <message>
        <source>Initialise the decoder again after pre-training, so that it learns under noise (Li et al. 2019).</source>
        <translation>预训练后重新初始化解码器，使它在噪声下学习（Li 等 2019）。</translation>
    </message>
    <message>
        <source>Prior steps</source>
        <translation>先验步数</translation>
    </message>
    <message>
        <source>Share of the time</source>
        <translation>时间份额</translation>
    </message>
    <message>
        <source>Pieces of each step of the prior&apos;s fitting.</source>
        <translation>先验拟合每一步的作品数。</translation>
    </message>
    <message>
        <source>Highest learning rate of the prior&apos;s fitting.</source>
        <translation>先验拟合的最高学习率。</translation>
    </message>
    <message>
        <source>Size of a block&apos;s vector; a multiple of the number of heads.</source>
        <translation>每个块的向量大小；须为注意力头数的倍数。</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Layers of the prior.</source>
        <translation>先验的层数。</translation>
    </message>
    <message>
        <source>Mixture</source>
        <translation>混合分量</translation>
    </message>
    <message>
        <source>Gaussians that the density of a block is made of.</source>
        <translation>构成每个块密度的高斯分量数。</translation>
    </message>
    <message>
        <source>Type that matrices are multiplied in; auto: bfloat16 where the processor is quicker in it.</source>
        <translation>矩阵乘法所用的类型；auto：处理器用 bfloat16 更快时即用它。</translation>
    </message>
    <message>
        <source>Bottleneck</source>
        <translation>瓶颈</translation>
    </message>
    <message>
        <source>Between encoder and decoder: vae, a Gaussian latent (Kingma &amp; Welling 2014); ae, a code without noise and KL, an autoencoder; none: the decoder alone, a language model.</source>
        <translation>编码器与解码器之间：vae，高斯隐变量（Kingma 与 Welling 2014）；ae，没有噪声与 KL 的编码，即自编码器；none，只有解码器，即语言模型。</translation>
    </message>
    <message>
        <source>Recurrent layers of the decoder.</source>
        <translation>解码器的循环层数。</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Share of the decoder&apos;s inputs and outputs dropped in training.</source>
        <translation>训练时解码器输入和输出中被丢弃的比例。</translation>
    </message>
    <message>
        <source>Encoder dropout</source>
        <translation>编码器 Dropout</translation>
    </message>
    <message>
        <source>Share of the encoder&apos;s inputs and summary dropped in training; -1: as dropout.</source>
        <translation>训练时编码器输入和汇总向量中被丢弃的比例；-1：与 Dropout 相同。</translation>
    </message>
    <message>
        <source>Tie embeddings</source>
        <translation>共享嵌入权重</translation>
    </message>
    <message>
        <source>Use the embedding as the output matrix.</source>
        <translation>将嵌入矩阵同时用作输出矩阵。</translation>
    </message>
    <message>
        <source>z at the output</source>
        <translation>z 接入输出</translation>
    </message>
    <message>
        <source>Join z to the decoder&apos;s output as well.</source>
        <translation>将 z 也拼接到解码器的输出上。</translation>
    </message>
    <message>
        <source>Conductor width</source>
        <translation>指挥层宽度</translation>
    </message>
    <message>
        <source>0: one decoder for the whole sequence. Else the size of a conductor that makes a code for each bar from z (Roberts et al. 2018): for long pieces with bars.</source>
        <translation>0：整个序列用一个解码器。否则为指挥层的大小，它由 z 为每小节生成一个编码（Roberts 等 2018）：适合有小节的长作品。</translation>
    </message>
    <message>
        <source>Inputless decoder</source>
        <translation>无输入解码器</translation>
    </message>
    <message>
        <source>The decoder reads z at every step and no previous token (Fabius &amp; van Amersfoort 2015): all must pass through z.</source>
        <translation>解码器每一步只听到 z，听不到自己写出的内容（Fabius 与 van Amersfoort 2015）：一切都须经过 z。</translation>
    </message>
    <message>
        <source>Hidden size of the encoder.</source>
        <translation>编码器的隐藏层大小。</translation>
    </message>
    <message>
        <source>Hidden layers of the decoder.</source>
        <translation>解码器的隐藏层数。</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Previous tokens that the decoder reads.</source>
        <translation>解码器听到的紧邻之前的词元数。</translation>
    </message>
    <message>
        <source>Share of the inputs and of each layer&apos;s output dropped in training.</source>
        <translation>训练时输入与每层输出被丢弃的比例。</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Size of a token&apos;s vector; a multiple of the number of heads.</source>
        <translation>词元向量的维数；须为注意力头数的倍数。</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>注意力头数</translation>
    </message>
    <message>
        <source>Attention heads of each layer.</source>
        <translation>每层的注意力头数。</translation>
    </message>
    <message>
        <source>Encoder layers</source>
        <translation>编码器层数</translation>
    </message>
    <message>
        <source>Layers that read each segment by itself.</source>
        <translation>逐段单独读取的层数。</translation>
    </message>
    <message>
        <source>Mixing layers</source>
        <translation>混合层数</translation>
    </message>
    <message>
        <source>Layers in which the segments see each other.</source>
        <translation>各段之间相互可见的层数。</translation>
    </message>
    <message>
        <source>Conductor layers</source>
        <translation>指挥层数</translation>
    </message>
    <message>
        <source>Layers that mix the codes before decoding.</source>
        <translation>解码前混合各潜在编码的层数。</translation>
    </message>
    <message>
        <source>Causal layers of the decoder.</source>
        <translation>解码器的因果层数。</translation>
    </message>
    <message>
        <source>Cells a segment</source>
        <translation>每段单元格数</translation>
    </message>
    <message>
        <source>Cells with a slot of their own; what lies beyond belongs to the last.</source>
        <translation>拥有独立槽位的单元格数；超出的部分归入最后一格。</translation>
    </message>
    <message>
        <source>Cell size</source>
        <translation>单元格大小</translation>
    </message>
    <message>
        <source>Size of a cell, in the domain&apos;s units of advance (for melodies 24 are a quarter).</source>
        <translation>单元格的大小，以该领域的时间单位计（旋律中 24 为一个四分音符）。</translation>
    </message>
    <message>
        <source>Dimensions a slot</source>
        <translation>每个槽位的维数</translation>
    </message>
    <message>
        <source>Latent dimensions that each slot gives.</source>
        <translation>每个槽位给出的潜在维数。</translation>
    </message>
    <message>
        <source>Feed-forward ratio</source>
        <translation>前馈倍率</translation>
    </message>
    <message>
        <source>Width of the feed-forward part, in widths.</source>
        <translation>前馈部分的宽度，为“宽度”的倍数。</translation>
    </message>
    <message>
        <source>Share of each layer&apos;s output dropped in training.</source>
        <translation>训练时每层输出中被丢弃的比例。</translation>
    </message>
    <message>
        <source>A phrase every</source>
        <translation>乐句间隔</translation>
    </message>
    <message>
        <source>bars</source>
        <translation>小节</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表大小</translation>
    </message>
    <message>
        <source>Figures that come often become one token each, up to so many.</source>
        <translation>常见的音型各合并为一个词元，总数以此为限。</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Held out while training</source>
        <translation>训练时留出</translation>
    </message>
    <message>
        <source>Share of the pieces that is not trained on, and shows how well the model does on what it has not seen.</source>
        <translation>不参与训练的作品比例，用来检验模型在未见过的作品上的表现。</translation>
    </message>
    <message>
        <source>share</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>Held out to the end</source>
        <translation>留到最后</translation>
    </message>
    <message>
        <source>Share of the pieces that is kept for the last measurement.</source>
        <translation>为最终评测保留的作品比例。</translation>
    </message>
    <message>
        <source>Longest piece</source>
        <translation>最长作品</translation>
    </message>
    <message>
        <source>Longer pieces are left out; 0: none are.</source>
        <translation>更长的作品会被舍去；0：都不舍去。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Seed of all chance: the same seed holds out the same pieces.</source>
        <translation>所有随机过程的种子：种子相同，留出的作品也相同。</translation>
    </message>
    <message>
        <source>All that is made stays in the key of A; one that A and B share stays anyway</source>
        <translation>做出的一切都保持 A 的调；A 和 B 相同的调总会保持</translation>
    </message>
    <message>
        <source>All that is made stays in the metre of A; one that A and B share stays anyway</source>
        <translation>做出的一切都保持 A 的拍号；A 和 B 相同的拍号总会保持</translation>
    </message>
    <message>
        <source>Melodies of two bars</source>
        <translation>两小节旋律</translation>
    </message>
    <message>
        <source>Melodies of sixteen bars</source>
        <translation>十六小节旋律</translation>
    </message>
    <message>
        <source>Drums of two bars</source>
        <translation>两小节鼓</translation>
    </message>
    <message>
        <source>Poems of one form, by characters</source>
        <translation>同一体式的诗，按字</translation>
    </message>
    <message>
        <source>Sentences</source>
        <translation>句子</translation>
    </message>
    <message>
        <source>Note density</source>
        <translation>音符密度</translation>
    </message>
    <message>
        <source>notes a quarter</source>
        <translation>音符/四分音符</translation>
    </message>
    <message>
        <source>Mean pitch</source>
        <translation>平均音高</translation>
    </message>
    <message>
        <source>semitones</source>
        <translation>半音</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>音域</translation>
    </message>
    <message>
        <source>Interval size</source>
        <translation>音程大小</translation>
    </message>
    <message>
        <source>Syncopation</source>
        <translation>切分</translation>
    </message>
    <message>
        <source>levels a note</source>
        <translation>级/音符</translation>
    </message>
    <message>
        <source>Stepwise motion</source>
        <translation>级进</translation>
    </message>
    <message>
        <source>Rests</source>
        <translation>休止</translation>
    </message>
    <message>
        <source>Diatonicity</source>
        <translation>调内程度</translation>
    </message>
    <message>
        <source>Hit density</source>
        <translation>击打密度</translation>
    </message>
    <message>
        <source>End unknown</source>
        <translation>结尾未知</translation>
    </message>
    <message>
        <source>Share of the sequences of which only a beginning is read, as for a forecast.</source>
        <translation>只读开头的序列所占的比例，如同预测时那样。</translation>
    </message>
    <message>
        <source>Length of a phrase</source>
        <translation>乐句长度</translation>
    </message>
    <message>
        <source>Pieces are cut into phrases of this length; the model learns phrases.</source>
        <translation>作品按此长度切分为乐句，模型学习的就是乐句。</translation>
    </message>
    <message>
        <source>From the start of one phrase to the start of the next; less gives more phrases, which overlap.</source>
        <translation>从一个乐句的开头到下一个乐句的开头；间隔越小，乐句越多，且互相重叠。</translation>
    </message>
    <message>
        <source>seasons</source>
        <translation>周期</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>How many pieces are made</source>
        <translation>要生成的作品数量</translation>
    </message>
    <message>
        <source>Length in {units}</source>
        <translation>长度（{units}）</translation>
    </message>
    <message>
        <source>Length of each piece; free: as the model ends it</source>
        <translation>每个作品的长度；自动：由模型决定何处结束</translation>
    </message>
    <message>
        <source>free</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>离散度</translation>
    </message>
    <message>
        <source>1 draws as the model learned, less keeps to what is typical, more is stranger</source>
        <translation>1 按模型所学抽取，越小越典型，越大越奇特</translation>
    </message>
    <message>
        <source>Best of</source>
        <translation>择优次数</translation>
    </message>
    <message>
        <source>How often each piece is made; the likeliest is kept. More are more fluent and less surprising</source>
        <translation>每个作品生成的次数，保留其中可能性最大的一个；次数越多越流畅，也越少意外</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>0 takes the likeliest note or word each time, more is wilder</source>
        <translation>0 每次都取最可能的音符或词，数值越大越奔放</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Draw only from the likeliest that together have this probability</source>
        <translation>只从累计概率达到此值的最可能选项中抽取</translation>
    </message>
    <message>
        <source>The same seed gives the same pieces</source>
        <translation>相同的随机种子得到相同的作品</translation>
    </message>
    <message>
        <source>How many pieces from A to B, both included</source>
        <translation>从 A 到 B 共有多少个作品，包括两端</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Fading details keeps less of the nearer end towards the middle; wave turns beat after beat; the others blend all at once</source>
        <translation>“细节渐隐”越近中点，保留近端的细节越少；“波浪”逐拍转变；其余方式整体混合</translation>
    </message>
    <message>
        <source>Fading details</source>
        <translation>细节渐隐</translation>
    </message>
    <message>
        <source>Wave</source>
        <translation>波浪</translation>
    </message>
    <message>
        <source>Round (slerp)</source>
        <translation>弧线 (slerp)</translation>
    </message>
    <message>
        <source>Straight (linear)</source>
        <translation>直线 (linear)</translation>
    </message>
    <message>
        <source>Hold key</source>
        <translation>固定调</translation>
    </message>
    <message>
        <source>Hold metre</source>
        <translation>固定拍号</translation>
    </message>
    <message>
        <source>Hold bars</source>
        <translation>保留小节</translation>
    </message>
    <message>
        <source>Bars of A that stay as they are, such as 2 or 3-4</source>
        <translation>A 中保持不变的小节，例如 2 或 3-4</translation>
    </message>
    <message>
        <source>3-4</source>
        <translation>3-4</translation>
    </message>
    <message>
        <source>Hold parts</source>
        <translation>保留声部</translation>
    </message>
    <message>
        <source>Parts of A that stay as they are, by name or what they are for</source>
        <translation>A 中保持不变的声部，写名称或用途</translation>
    </message>
    <message>
        <source>melody, bass</source>
        <translation>melody, bass</translation>
    </message>
    <message>
        <source>Hold words</source>
        <translation>保留词语</translation>
    </message>
    <message>
        <source>Words of A that stay in all that is made, with commas between them</source>
        <translation>在生成的所有内容中保留的 A 的词语，以逗号分隔</translation>
    </message>
    <message>
        <source>Whole songs</source>
        <translation>整首歌曲</translation>
    </message>
    <message>
        <source>Work on longer songs phrase by phrase; they come out whole</source>
        <translation>较长的歌曲逐乐句处理，结果仍是完整的一首</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Rows and columns between the four corners</source>
        <translation>四角之间的行数和列数</translation>
    </message>
    <message>
        <source>How far</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>0 is the piece as the model keeps it, 1 as far as any other piece</source>
        <translation>0 是模型保留的作品本身，1 与任何其他作品一样远</translation>
    </message>
    <message>
        <source>Keep {units}</source>
        <translation>保留（{units}）</translation>
    </message>
    <message>
        <source>How much of the beginning is kept; free: what leaves room</source>
        <translation>开头保留多少；自动：为续写留出空间</translation>
    </message>
    <message>
        <source>How many steps ahead</source>
        <translation>向前多少步</translation>
    </message>
    <message>
        <source>Draws</source>
        <translation>抽样次数</translation>
    </message>
    <message>
        <source>How often the steps are written; the quantiles are those of the draws.</source>
        <translation>这些步写多少次；分位数由这些抽样得出。</translation>
    </message>
    <message>
        <source>From bar</source>
        <translation>从小节</translation>
    </message>
    <message>
        <source>The first and the last bar that are made new</source>
        <translation>重新写的第一个和最后一个小节</translation>
    </message>
    <message>
        <source>Steps told</source>
        <translation>列出的步数</translation>
    </message>
    <message>
        <source>How many of the most unusual steps are told.</source>
        <translation>列出多少个最异常的步。</translation>
    </message>
    <message>
        <source>Tune of B</source>
        <translation>B 的曲调</translation>
    </message>
    <message>
        <source>1 keeps as much of it as the rhythm lets, 0 only what it is like</source>
        <translation>1：在节奏允许的范围内全部保留；0：只保留其风格</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>声部</translation>
    </message>
    <message>
        <source>The parts that are made, by name or what they are for, such as bass, chords; empty: all but the melody</source>
        <translation>要生成的声部，填写名称或用途，例如 bass, chords；留空则为除旋律外的全部</translation>
    </message>
    <message>
        <source>all but the melody</source>
        <translation>除旋律外的全部</translation>
    </message>
    <message>
        <source>Rounds</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Rounds of the search.</source>
        <translation>搜索的轮数。</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>候选数</translation>
    </message>
    <message>
        <source>Candidates a round.</source>
        <translation>每轮的候选数。</translation>
    </message>
    <message>
        <source>Pieces</source>
        <translation>作品</translation>
    </message>
    <message>
        <source>How many of them, drawn at random with a fixed seed</source>
        <translation>评估多少个作品，以固定种子随机抽取</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Draws a piece</source>
        <translation>每个作品的抽样</translation>
    </message>
    <message>
        <source>Samples of the latent code for the likelihood of each piece; more take longer and are nearer to the truth</source>
        <translation>计算每个作品的似然时隐变量的采样数；越多耗时越长，也越接近真实值</translation>
    </message>
    <message>
        <source>Ways</source>
        <translation>路径数</translation>
    </message>
    <message>
        <source>Pairs of pieces between which the way is measured; 0: none</source>
        <translation>评测多少对作品之间的过渡；0 表示不评测</translation>
    </message>
    <message>
        <source>pairs</source>
        <translation>对</translation>
    </message>
    <message>
        <source>New pieces</source>
        <translation>新作品</translation>
    </message>
    <message>
        <source>Pieces that the model makes by itself, beside real ones and the training pieces; 0: none</source>
        <translation>模型自行生成的作品数，用于与真实作品和训练作品对照；0 表示不生成</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Pieces to harmonise</source>
        <translation>配和弦的作品数</translation>
    </message>
    <message>
        <source>Melodies to which chord symbols are written, where the model writes some; 0: none</source>
        <translation>为多少条旋律写和弦标记（限会写和弦标记的模型）；0：不写</translation>
    </message>
    <message>
        <source>pieces</source>
        <translation>作品</translation>
    </message>
    <message>
        <source>Series to forecast</source>
        <translation>要预测的序列</translation>
    </message>
    <message>
        <source>Time series whose last steps are forecast and compared with what came; 0: none</source>
        <translation>预测其最后几步并与实际结果比较的时间序列；0：没有</translation>
    </message>
    <message>
        <source>series</source>
        <translation>序列</translation>
    </message>
    <message>
        <source>Tunes with chord symbols, eight bars</source>
        <translation>八小节带和弦标记的曲调</translation>
    </message>
    <message>
        <source>Four voices, four bars</source>
        <translation>四小节四声部</translation>
    </message>
    <message>
        <source>Songs with piano, four bars</source>
        <translation>四小节钢琴伴奏歌曲</translation>
    </message>
    <message>
        <source>Time series with a season</source>
        <translation>有周期的时间序列</translation>
    </message>
    <message>
        <source>hits a quarter</source>
        <translation>次/四分音符</translation>
    </message>
    <message>
        <source>Swing</source>
        <translation>摇摆</translation>
    </message>
    <message>
        <source>ratio</source>
        <translation>比值</translation>
    </message>
    <message>
        <source>Swing of sixteenths</source>
        <translation>十六分音符摇摆</translation>
    </message>
    <message>
        <source>Behind the beat</source>
        <translation>落后于拍点</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>毫秒</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>响度</translation>
    </message>
    <message>
        <source>velocity</source>
        <translation>力度</translation>
    </message>
    <message>
        <source>Dynamics</source>
        <translation>强弱变化</translation>
    </message>
    <message>
        <source>Ghost notes</source>
        <translation>鬼音</translation>
    </message>
    <message>
        <source>Voices together</source>
        <translation>同时发声数</translation>
    </message>
    <message>
        <source>voices</source>
        <translation>声部</translation>
    </message>
    <message>
        <source>Kick</source>
        <translation>底鼓</translation>
    </message>
    <message>
        <source>Snare</source>
        <translation>军鼓</translation>
    </message>
    <message>
        <source>Hi-hat</source>
        <translation>踩镲</translation>
    </message>
    <message>
        <source>Toms</source>
        <translation>嗵鼓</translation>
    </message>
    <message>
        <source>Cymbals</source>
        <translation>镲片</translation>
    </message>
    <message>
        <source>Thickness</source>
        <translation>织体厚度</translation>
    </message>
    <message>
        <source>notes at once</source>
        <translation>个同时发声的音符</translation>
    </message>
    <message>
        <source>Chord changes</source>
        <translation>和弦变化</translation>
    </message>
    <message>
        <source>chords a bar</source>
        <translation>和弦/小节</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>words</source>
        <translation>词</translation>
    </message>
    <message>
        <source>Trend</source>
        <translation>趋势</translation>
    </message>
    <message>
        <source>deviations</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>Seasonality</source>
        <translation>周期性</translation>
    </message>
    <message>
        <source>Roughness</source>
        <translation>粗糙度</translation>
    </message>
    <message>
        <source>Turning points</source>
        <translation>转折点</translation>
    </message>
    <message>
        <source>Skewness</source>
        <translation>偏度</translation>
    </message>
    <message>
        <source>moment</source>
        <translation>矩</translation>
    </message>
    <message>
        <source>Word length</source>
        <translation>词长</translation>
    </message>
    <message>
        <source>characters</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>Punctuation</source>
        <translation>标点</translation>
    </message>
    <message>
        <source>Weight of the details</source>
        <translation>细节的权重</translation>
    </message>
    <message>
        <source>Weight of the KL of the details, in weights of the KL, in a model with a summary. Floor and target are for the summary.</source>
        <translation>带摘要的模型中细节的 KL 的权重，以 KL 权重为单位。下限与目标只针对摘要。</translation>
    </message>
    <message>
        <source>None blank</source>
        <translation>无留空</translation>
    </message>
    <message>
        <source>Share of the sequences whose details are all there.</source>
        <translation>全部细节都在的序列所占比例。</translation>
    </message>
    <message>
        <source>All blank</source>
        <translation>全部留空</translation>
    </message>
    <message>
        <source>Share of the sequences that are written from the summary alone.</source>
        <translation>仅由摘要写出的序列所占比例。</translation>
    </message>
    <message>
        <source>Some blank</source>
        <translation>部分留空</translation>
    </message>
    <message>
        <source>Share of the sequences of whose details a random share is blank.</source>
        <translation>随机一部分细节留空的序列所占比例。</translation>
    </message>
    <message>
        <source>Weight of the features</source>
        <translation>特征的权重</translation>
    </message>
    <message>
        <source>Weight of the squared error with which a summary predicts the features of the piece (its density, contour …), in standard deviations; 0: it does not predict them.</source>
        <translation>摘要给出作品听感特征（密度、轮廓等）的平方误差的权重，以标准差为单位；0：不要求。</translation>
    </message>
    <message>
        <source>Summary dimensions</source>
        <translation>摘要维度</translation>
    </message>
    <message>
        <source>Size of the part of the code that is about the whole sequence; 0: there is none. With one, details can be blank.</source>
        <translation>编码中描述整个序列的部分的大小；0：没有。有摘要时，细节可以留空。</translation>
    </message>
</context>
<context>
    <name>ShapePanel</name>
    <message>
        <source>{change}, got {got}</source>
        <translation>{change}，实得 {got}</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>音符</translation>
    </message>
    <message>
        <source>fewer</source>
        <translation>更少</translation>
    </message>
    <message>
        <source>more</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>敲击</translation>
    </message>
    <message>
        <source>Pitch</source>
        <translation>音高</translation>
    </message>
    <message>
        <source>lower</source>
        <translation>更低</translation>
    </message>
    <message>
        <source>higher</source>
        <translation>更高</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>音域</translation>
    </message>
    <message>
        <source>narrower</source>
        <translation>更窄</translation>
    </message>
    <message>
        <source>wider</source>
        <translation>更宽</translation>
    </message>
    <message>
        <source>Leaps</source>
        <translation>跳进</translation>
    </message>
    <message>
        <source>smaller</source>
        <translation>更小</translation>
    </message>
    <message>
        <source>larger</source>
        <translation>更大</translation>
    </message>
    <message>
        <source>Syncopation</source>
        <translation>切分</translation>
    </message>
    <message>
        <source>less</source>
        <translation>更少</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>级进</translation>
    </message>
    <message>
        <source>Rests</source>
        <translation>休止</translation>
    </message>
    <message>
        <source>In one scale</source>
        <translation>调内音</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>shorter</source>
        <translation>更短</translation>
    </message>
    <message>
        <source>longer</source>
        <translation>更长</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词长</translation>
    </message>
    <message>
        <source>Punctuation</source>
        <translation>标点</translation>
    </message>
    <message>
        <source>{name}: left is {less}, right is {more}. {help}</source>
        <translation>{name}：向左{less}，向右{more}。{help}</translation>
    </message>
    <message>
        <source>{label}, {less} or {more}</source>
        <translation>{label}，{less}或{more}</translation>
    </message>
    <message>
        <source>All as it is</source>
        <translation>全部还原</translation>
    </message>
    <message>
        <source>Put all sliders back</source>
        <translation>将所有滑块复位</translation>
    </message>
</context>
<context>
    <name>Shelf</name>
    <message>
        <source>Keep {0}</source>
        <translation>收藏 {0}</translation>
    </message>
    <message>
        <source>Keep {0} no longer</source>
        <translation>取消收藏 {0}</translation>
    </message>
    <message>
        <source>Collect {0}</source>
        <translation>收集 {0}</translation>
    </message>
    <message>
        <source>Keep a piece</source>
        <translation>收藏一首作品</translation>
    </message>
    <message>
        <source>Keep {count} pieces</source>
        <translation>收藏 {count} 首作品</translation>
    </message>
    <message>
        <source>Stop keeping a piece</source>
        <translation>取消收藏一首作品</translation>
    </message>
    <message>
        <source>Stop keeping {count} pieces</source>
        <translation>取消收藏 {count} 首作品</translation>
    </message>
    <message>
        <source>Rename {0}</source>
        <translation>重命名 {0}</translation>
    </message>
    <message>
        <source>Tag {0}</source>
        <translation>添加标签 {0}</translation>
    </message>
    <message>
        <source>Take the tag {0} away</source>
        <translation>移除标签 {0}</translation>
    </message>
    <message>
        <source>Restore a piece</source>
        <translation>恢复一首作品</translation>
    </message>
    <message>
        <source>Restore {count} pieces</source>
        <translation>恢复 {count} 首作品</translation>
    </message>
    <message>
        <source>Remove a piece</source>
        <translation>移除一首作品</translation>
    </message>
    <message>
        <source>Remove {count} pieces</source>
        <translation>移除 {count} 首作品</translation>
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
        <translation>按键</translation>
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
    <name>SongDialog</name>
    <message>
        <source>How {file} is read</source>
        <translation>{file} 的读取方式</translation>
    </message>
    <message>
        <source>Looking what is in there …</source>
        <translation>正在查看其中的内容……</translation>
    </message>
    <message>
        <source>Its parts together, as a {kind}</source>
        <translation>各声部合在一起，作为{kind}</translation>
    </message>
    <message>
        <source>One part alone, as a {kind}</source>
        <translation>只取一个声部，作为{kind}</translation>
    </message>
    <message>
        <source>Tracks</source>
        <translation>音轨</translation>
    </message>
    <message>
        <source>Track</source>
        <translation>音轨</translation>
    </message>
    <message>
        <source>Instrument</source>
        <translation>乐器</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>音符</translation>
    </message>
    <message>
        <source>Read it so</source>
        <translation>按此读取</translation>
    </message>
    <message>
        <source>Track {number}</source>
        <translation>音轨 {number}</translation>
    </message>
    <message>
        <source>Drums</source>
        <translation>鼓</translation>
    </message>
    <message>
        <source>Which of the {count} tracks is meant?</source>
        <translation>{count} 条音轨中要用哪一条？</translation>
    </message>
    <message>
        <source>Which of the {count} parts are read?</source>
        <translation>读取 {count} 个声部中的哪些？</translation>
    </message>
    <message>
        <source>Is this right?</source>
        <translation>这样对吗？</translation>
    </message>
    <message>
        <source>Tick from 1 to {most} parts.</source>
        <translation>请勾选 1 到 {most} 个声部。</translation>
    </message>
    <message>
        <source>Stop {name}</source>
        <translation>停止 {name}</translation>
    </message>
    <message>
        <source>Play {name}</source>
        <translation>播放 {name}</translation>
    </message>
</context>
<context>
    <name>SoundBar</name>
    <message>
        <source>Its own kit</source>
        <translation>作品自带的鼓组</translation>
    </message>
    <message>
        <source>Its own instrument</source>
        <translation>作品自带的乐器</translation>
    </message>
    <message>
        <source>Kit: {name}</source>
        <translation>鼓组：{name}</translation>
    </message>
    <message>
        <source>Instrument: {name}</source>
        <translation>乐器：{name}</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>取消静音</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Instrument</source>
        <translation>乐器</translation>
    </message>
    <message>
        <source>Search instruments</source>
        <translation>搜索乐器</translation>
    </message>
    <message>
        <source>Mixer</source>
        <translation>混音器</translation>
    </message>
    <message>
        <source>Mixer: instrument and level of each part, and which are heard</source>
        <translation>混音器：各声部的乐器和音量，以及哪些发声</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
</context>
<context>
    <name>SourceWell</name>
    <message>
        <source>The pieces cannot be written down ({reason}); free some space.</source>
        <translation>无法写下这些作品（{reason}）；请腾出一些空间。</translation>
    </message>
    <message>
        <source>My style</source>
        <translation>我的风格</translation>
    </message>
    <message>
        <source>Looking what is in there …</source>
        <translation>正在查看内容…</translation>
    </message>
    <message>
        <source>Nothing here can be learned from: expected MIDI, ABC, MusicXML or text files.</source>
        <translation>这里没有可以学习的内容：需要 MIDI、ABC、MusicXML 或文本文件。</translation>
    </message>
    <message>
        <source>1 piece of the library</source>
        <translation>作品库中的 1 件作品</translation>
    </message>
    <message>
        <source>{count} pieces of the library</source>
        <translation>作品库中的 {count} 件作品</translation>
    </message>
    <message>
        <source>Nothing here can be learned from. {reason}</source>
        <translation>这里没有可以学习的内容。{reason}</translation>
    </message>
    <message>
        <source>{what} in {places}</source>
        <translation>{places} 中的{what}</translation>
    </message>
    <message>
        <source>Not all can be read ({reasons}).</source>
        <translation>并非全部都能读取（{reasons}）。</translation>
    </message>
    <message>
        <source>Drop a folder or files here, or select pieces in the library and choose Learn from these.</source>
        <translation>将文件夹或文件拖到这里，或在作品库中选择作品，再选“向这些作品学习”。</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>Spans</name>
    <message>
        <source>less than a minute</source>
        <translation>不到一分钟</translation>
    </message>
    <message>
        <source>about {minutes} min</source>
        <translation>约 {minutes} 分钟</translation>
    </message>
    <message>
        <source>about {hours} h</source>
        <translation>约 {hours} 小时</translation>
    </message>
    <message>
        <source>about {days} days</source>
        <translation>约 {days} 天</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>yyyy年M月d日</translation>
    </message>
    <message>
        <source>d MMM yyyy, HH:mm</source>
        <translation>yyyy年M月d日 HH:mm</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Place between A, B, C and D</source>
        <translation>A、B、C、D 之间的位置</translation>
    </message>
    <message>
        <source>Drag, or use the arrow keys</source>
        <translation>拖动或使用方向键</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Show the work  (Ctrl+J)</source>
        <translation>显示工作  (Ctrl+J)</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Progress of all work</source>
        <translation>全部工作的进度</translation>
    </message>
    <message>
        <source>At work: {count}</source>
        <translation>进行中：{count}</translation>
    </message>
    <message>
        <source>No long task</source>
        <translation>空闲</translation>
    </message>
</context>
<context>
    <name>StepGrid</name>
    <message>
        <source>{drum}, bar {bar}, beat {beat}: {loud}</source>
        <translation>{drum}，第 {bar} 小节第 {beat} 拍：{loud}</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>静音</translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>Hear the way</source>
        <translation>听一听这条路</translation>
    </message>
    <message>
        <source>Two pieces are here to begin with. Press Play and hear how the first turns into the second, step by step.</source>
        <translation>这里已经有两件作品。按播放，听第一件怎样一步步变成第二件。</translation>
    </message>
    <message>
        <source>Go between them</source>
        <translation>走到它们之间</translation>
    </message>
    <message>
        <source>Drop songs or sentences of your own on A and B, or begin with an example. As soon as both are there, a slider comes between them: drag it, and you hear and see the piece at that place.</source>
        <translation>把你自己的歌曲或句子拖到 A 和 B 上，或从例子开始。两端都有了以后，它们之间会出现一个滑块：拖动它，就能听到和看到那个位置上的作品。</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>四处看看</translation>
    </message>
    <message>
        <source>The map shows every piece that was learned from, alike beside alike. Click anywhere to get a piece from there.</source>
        <translation>地图显示学过的每件作品，相像的挨在一起。单击任何地方，就能得到那里的作品。</translation>
    </message>
    <message>
        <source>Keep what you like</source>
        <translation>喜欢的就收藏</translation>
    </message>
    <message>
        <source>F keeps the selected piece in the library, E opens it for editing, Ctrl+E writes a file, and Ctrl+Z takes back whatever you did.</source>
        <translation>F 把选中的作品收藏到作品库，E 打开编辑，Ctrl+E 写成文件，Ctrl+Z 撤销您做的一切。</translation>
    </message>
    <message>
        <source>Teach it your style</source>
        <translation>教它您的风格</translation>
    </message>
    <message>
        <source>Give it a folder of your own songs or texts there, and it learns to write more like you. F1 has help for every place.</source>
        <translation>在那里给它一个装有你自己的歌曲或文章的文件夹，它就会学着写得更像你。每个页面按 F1 都有帮助。</translation>
    </message>
    <message>
        <source>Step {number} of {count}</source>
        <translation>第 {number} 步，共 {count} 步</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Tour: {title}</source>
        <translation>导览：{title}</translation>
    </message>
</context>
<context>
    <name>Studio</name>
    <message>
        <source>GenStudio ended several times while it opened the work of last time; the work is set aside, unchanged, as {name}.</source>
        <translation>GenStudio 在打开上次的工作时多次意外退出；该工作已原样另存为 {name}。</translation>
    </message>
    <message>
        <source>The work of last time could not be opened and was set aside as {name}.</source>
        <translation>上次的工作无法打开，已另存为 {name}。</translation>
    </message>
    <message>
        <source>The settings could not be read and were set aside as {name}; the usual ones are used.</source>
        <translation>无法读取设置，已另存为 {name}；现使用默认设置。</translation>
    </message>
    <message>
        <source>Last time ended unexpectedly; your work is here again.</source>
        <translation>上次意外退出；你的工作已恢复。</translation>
    </message>
    <message>
        <source>One old piece that was not kept was taken out of the history.</source>
        <translation>已从历史记录中清除 1 个未收藏的旧作品。</translation>
    </message>
    <message>
        <source>{count} old pieces that were not kept were taken out of the history.</source>
        <translation>已从历史记录中清除 {count} 个未收藏的旧作品。</translation>
    </message>
</context>
<context>
    <name>Switchboard</name>
    <message>
        <source>There is no editor for {things}.</source>
        <translation>{things}没有编辑器。</translation>
    </message>
    <message>
        <source>{title} is in the library.</source>
        <translation>{title} 已放入作品库。</translation>
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
</context>
<context>
    <name>Table</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the rows that are selected, or all</source>
        <translation>复制选中的行；未选中时复制全部</translation>
    </message>
    <message>
        <source>{shown} of {all}</source>
        <translation>显示 {shown} 项，共 {all} 项</translation>
    </message>
</context>
<context>
    <name>TableDialog</name>
    <message>
        <source>How {file} is read</source>
        <translation>{file} 的读取方式</translation>
    </message>
    <message>
        <source>Read it so</source>
        <translation>按此读取</translation>
    </message>
</context>
<context>
    <name>TablePanel</name>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Column {number}</source>
        <translation>第 {number} 列</translation>
    </message>
    <message>
        <source>{file} holds nothing.</source>
        <translation>{file} 没有内容。</translation>
    </message>
    <message>
        <source>Which column of {file} holds the text? Click it.</source>
        <translation>{file} 的哪一列包含文本？请点击它。</translation>
    </message>
    <message>
        <source>The text is in the column “{column}”. Click another one to change that.</source>
        <translation>文本在“{column}”列。点击其他列可以更改。</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>The column that holds the text</source>
        <translation>包含文本的列</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>A column that is kept with each text; a model can learn to shape by it</source>
        <translation>随每条文本一起保留的列；模型可以学习按它塑造</translation>
    </message>
    <message>
        <source>Separator</source>
        <translation>分隔符</translation>
    </message>
    <message>
        <source>What stands between the cells</source>
        <translation>单元格之间的符号</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>How the characters of the file are written; change it where they look wrong</source>
        <translation>文件的字符编码；显示不正确时请更改</translation>
    </message>
    <message>
        <source>As it looks</source>
        <translation>自动判断</translation>
    </message>
    <message>
        <source>Comma</source>
        <translation>逗号</translation>
    </message>
    <message>
        <source>Semicolon</source>
        <translation>分号</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>制表符</translation>
    </message>
    <message>
        <source>Bar</source>
        <translation>竖线</translation>
    </message>
    <message>
        <source>The first rows of the table</source>
        <translation>表格的前几行</translation>
    </message>
</context>
<context>
    <name>Task</name>
    <message>
        <source>There is not enough memory for this; close other programs, or take something smaller.</source>
        <translation>内存不足；请关闭其他程序，或使用较小的内容。</translation>
    </message>
    <message>
        <source>Cannot use {path}: {reason}; choose another place.</source>
        <translation>无法使用 {path}：{reason}；请选择其他位置。</translation>
    </message>
    <message>
        <source>Cannot use a file: {reason}; choose another place.</source>
        <translation>无法使用某个文件：{reason}；请选择其他位置。</translation>
    </message>
    <message>
        <source>This is a fault of ours ({kind}); the details can be copied.</source>
        <translation>这是程序的错误（{kind}）；可以复制详细信息。</translation>
    </message>
</context>
<context>
    <name>TempoPanel</name>
    <message>
        <source>As written: {bpm}</source>
        <translation>原速：{bpm}</translation>
    </message>
    <message>
        <source>{percent} of what is written, at the same pitch</source>
        <translation>原速的 {percent}，音高不变</translation>
    </message>
    <message>
        <source>Tempo and metronome</source>
        <translation>速度与节拍器</translation>
    </message>
    <message>
        <source>Metronome</source>
        <translation>节拍器</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>响度</translation>
    </message>
    <message>
        <source>Count in</source>
        <translation>预备拍</translation>
    </message>
    <message>
        <source>Tempo  {note} =</source>
        <translation>速度  {note} =</translation>
    </message>
    <message>
        <source>Tempo in beats a minute</source>
        <translation>每分钟的拍数</translation>
    </message>
    <message>
        <source>Tap</source>
        <translation>敲击</translation>
    </message>
    <message>
        <source>Tap the tempo</source>
        <translation>敲出速度</translation>
    </message>
    <message>
        <source>Tap on the beats, twice or more</source>
        <translation>按拍子敲两次或更多次</translation>
    </message>
    <message>
        <source>The piece&apos;s own tempo</source>
        <translation>乐曲原来的速度</translation>
    </message>
    <message>
        <source>Click on every beat  (K)</source>
        <translation>每拍一响  (K)</translation>
    </message>
    <message>
        <source>Loudness of the metronome</source>
        <translation>节拍器的音量</translation>
    </message>
    <message>
        <source>Bars that are counted in</source>
        <translation>预备的小节数</translation>
    </message>
    <message>
        <source>one bar</source>
        <translation>一小节</translation>
    </message>
    <message>
        <source>{count} bars</source>
        <translation>{count} 小节</translation>
    </message>
    <message>
        <source>Before playing too, not only before recording</source>
        <translation>播放前也数拍，不只在录音前</translation>
    </message>
</context>
<context>
    <name>TextBar</name>
    <message>
        <source>Size of the words</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
</context>
<context>
    <name>TextView</name>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>No text is shown.</source>
        <translation>未显示文本。</translation>
    </message>
    <message>
        <source>New: {words}.</source>
        <translation>新增：{words}。</translation>
    </message>
    <message>
        <source>Gone: {words}.</source>
        <translation>删去：{words}。</translation>
    </message>
    <message>
        <source>The same as its neighbour.</source>
        <translation>与相邻的句子相同。</translation>
    </message>
    <message>
        <source>Choose a sentence to read it here.</source>
        <translation>选择一个句子，在这里阅读。</translation>
    </message>
    <message>
        <source>Compared with {title}</source>
        <translation>与 {title} 对比</translation>
    </message>
    <message>
        <source>underlined: new; struck out: gone</source>
        <translation>下划线：新增；删除线：删去</translation>
    </message>
</context>
<context>
    <name>ToolRow</name>
    <message>
        <source>Other tools</source>
        <translation>其他工具</translation>
    </message>
</context>
<context>
    <name>Tools</name>
    <message>
        <source>In between</source>
        <translation>两者之间</translation>
    </message>
    <message>
        <source>Mix four</source>
        <translation>四者混合</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新作</translation>
    </message>
    <message>
        <source>Variations</source>
        <translation>变奏</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>改变</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>续写</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Fill in</source>
        <translation>填补</translation>
    </message>
    <message>
        <source>Unusual steps</source>
        <translation>异常步</translation>
    </message>
    <message>
        <source>Rhythm</source>
        <translation>节奏</translation>
    </message>
    <message>
        <source>Add chords</source>
        <translation>配和弦</translation>
    </message>
    <message>
        <source>Accompany</source>
        <translation>伴奏</translation>
    </message>
    <message>
        <source>Everything between two pieces</source>
        <translation>两个作品之间的一切</translation>
    </message>
    <message>
        <source>Everything between four pieces</source>
        <translation>四个作品之间的一切</translation>
    </message>
    <message>
        <source>How a time series may go on, and how sure that is</source>
        <translation>时间序列可能怎样继续，以及有多大把握</translation>
    </message>
    <message>
        <source>What in a time series does not go with the rest of it</source>
        <translation>时间序列中与其余部分不合的地方</translation>
    </message>
    <message>
        <source>Something new</source>
        <translation>全新的作品</translation>
    </message>
    <message>
        <source>Everything between two {many}</source>
        <translation>两个{many}之间的一切</translation>
    </message>
    <message>
        <source>A field between four {many}</source>
        <translation>四个{many}之间的区域</translation>
    </message>
    <message>
        <source>A {one}, and others like it</source>
        <translation>一个{one}，以及与它相似的</translation>
    </message>
    <message>
        <source>How could it go on?</source>
        <translation>接下来会怎样？</translation>
    </message>
    <message>
        <source>What comes next?</source>
        <translation>接下来会怎样？</translation>
    </message>
    <message>
        <source>What could stand there?</source>
        <translation>那里可以是什么？</translation>
    </message>
    <message>
        <source>What is unusual in it?</source>
        <translation>其中有什么异常？</translation>
    </message>
    <message>
        <source>The rhythm of one, the tune of the other</source>
        <translation>一首的节奏，另一首的曲调</translation>
    </message>
    <message>
        <source>Which chords go with it?</source>
        <translation>配什么和弦？</translation>
    </message>
    <message>
        <source>What could the others play?</source>
        <translation>其他声部可以演奏什么？</translation>
    </message>
    <message>
        <source>The same, but different where you say so</source>
        <translation>保持原样，只改你想改的地方</translation>
    </message>
    <message>
        <source>New pieces, like those that the model has learned from. Others come each time.</source>
        <translation>与模型学过的作品相似的新作品，每次都不同。</translation>
    </message>
    <message>
        <source>Give it A and B; the way between them is made at once, and a slider goes anywhere on it.</source>
        <translation>放入 A 和 B，两者之间的路径会立即生成，拖动滑块可到达路径上的任意位置。</translation>
    </message>
    <message>
        <source>Give it four corners; what lies between them is made at once, and is played with the pointer.</source>
        <translation>放入四个角，它们之间的内容会立即生成，用指针即可演奏。</translation>
    </message>
    <message>
        <source>Give it A; its neighbours are made at once, as near or as far as you like.</source>
        <translation>放入 A，与它相邻的作品会立即生成，远近随你决定。</translation>
    </message>
    <message>
        <source>Give it A; its beginning is kept and several ways to go on are made.</source>
        <translation>放入 A，保留它的开头，并生成多种续写。</translation>
    </message>
    <message>
        <source>Give it A; the model writes its next steps many times, and shows what they have in common.</source>
        <translation>给它 A；模型把接下来的几步写很多次，并显示它们的共同之处。</translation>
    </message>
    <message>
        <source>Give it A and say which bars are to be new; what is around them stays as it is.</source>
        <translation>给出 A，并指定哪些小节要重新写；其前后保持不变。</translation>
    </message>
    <message>
        <source>Give it A; each step is scored by how little the model expects it.</source>
        <translation>给它 A；每一步按模型多么意外来评分。</translation>
    </message>
    <message>
        <source>Give it A and B; the notes of B are put where those of A are.</source>
        <translation>给出 A 和 B；B 的音放到 A 的音所在之处。</translation>
    </message>
    <message>
        <source>Give it A with a melody; chord symbols are written for all of it, and its notes stay.</source>
        <translation>给出带旋律的 A；为全曲写出和弦标记，音符保持不变。</translation>
    </message>
    <message>
        <source>Give it A with a melody; the other parts are written for all of it, and the melody stays.</source>
        <translation>给出带旋律的 A；为全曲写出其他声部，旋律保持不变。</translation>
    </message>
    <message>
        <source>Give it A and move a slider: more of this, less of that. The rest stays as near as it can.</source>
        <translation>放入 A，再移动滑块：这个多一些，那个少一些。其余尽量保持不变。</translation>
    </message>
    <message>
        <source>Give it A with ___ where something is missing; what could stand there is found.</source>
        <translation>给出 A，并在缺少内容的地方写上 ___；会找出那里可以写什么。</translation>
    </message>
    <message>
        <source>New {seed}.{number}</source>
        <translation>新作 {seed}.{number}</translation>
    </message>
    <message>
        <source>{title}</source>
        <translation>{title}</translation>
    </message>
    <message>
        <source>{title}, variation {number}</source>
        <translation>{title}，变奏 {number}</translation>
    </message>
    <message>
        <source>{title}, continued {number}</source>
        <translation>{title}，续写 {number}</translation>
    </message>
    <message>
        <source>{title}, forecast</source>
        <translation>{title}，预测</translation>
    </message>
    <message>
        <source>{title}, filled in {number}</source>
        <translation>{title}，填补 {number}</translation>
    </message>
    <message>
        <source>{title}, scored</source>
        <translation>{title}，评分</translation>
    </message>
    <message>
        <source>{title}, tune {number}</source>
        <translation>{title}，曲调 {number}</translation>
    </message>
    <message>
        <source>{title}, chords {number}</source>
        <translation>{title}，和弦 {number}</translation>
    </message>
    <message>
        <source>{title}, accompanied {number}</source>
        <translation>{title}，伴奏 {number}</translation>
    </message>
    <message>
        <source>{title}, changed</source>
        <translation>{title}，改变</translation>
    </message>
    <message>
        <source>New pieces, like those that the model has learned from</source>
        <translation>与模型学过的作品相似的新作品</translation>
    </message>
    <message>
        <source>Neighbours of a piece, near or far</source>
        <translation>与某个作品或近或远的变体</translation>
    </message>
    <message>
        <source>A piece with more or less of something: notes, leaps, rests</source>
        <translation>让作品的某种特征更多或更少：音符、跳进、休止</translation>
    </message>
    <message>
        <source>A piece that goes on</source>
        <translation>把作品接着写下去</translation>
    </message>
    <message>
        <source>New bars or words in a gap; what is around it stays</source>
        <translation>在空缺处写出新的小节或词；其前后保持不变</translation>
    </message>
    <message>
        <source>The rhythm of A with the tune of B</source>
        <translation>A 的节奏配 B 的曲调</translation>
    </message>
    <message>
        <source>Chord symbols for a melody, whose notes stay as they are</source>
        <translation>为旋律写和弦标记，音符保持不变</translation>
    </message>
    <message>
        <source>Other parts for a melody: chords, a bass, more voices</source>
        <translation>为旋律写其他声部：和弦、低音、更多声部</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
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
        <translation>此页没有可检查的作品。</translation>
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
        <translation>训练</translation>
    </message>
    <message>
        <source>{name} and all that it has learned is deleted.</source>
        <translation>{name} 及其学到的一切都将被删除。</translation>
    </message>
    <message>
        <source>Discard the training?</source>
        <translation>丢弃这次训练？</translation>
    </message>
    <message>
        <source>What {name} has learned so far is forgotten, and it trains from the beginning.</source>
        <translation>{name} 目前学到的内容将被清除，并从头开始训练。</translation>
    </message>
    <message>
        <source>Start again?</source>
        <translation>重新开始？</translation>
    </message>
    <message>
        <source>It is being installed.</source>
        <translation>正在安装。</translation>
    </message>
    <message>
        <source>Trainings</source>
        <translation>训练任务</translation>
    </message>
    <message>
        <source>None yet. Each training is listed here, and can be paused and gone on with, also after a restart.</source>
        <translation>还没有训练。每次训练都会列在这里，可以暂停和继续，重启后也一样。</translation>
    </message>
    <message>
        <source>New training</source>
        <translation>新建训练</translation>
    </message>
    <message>
        <source>Pause or resume the training</source>
        <translation>暂停或继续训练</translation>
    </message>
    <message>
        <source>By hand: from a corpus, with presets and all settings</source>
        <translation>手动：从语料库开始，使用预设和全部设置</translation>
    </message>
</context>
<context>
    <name>Trainer</name>
    <message>
        <source>Training {title}</source>
        <translation>训练 {title}</translation>
    </message>
    <message>
        <source>the training ended unexpectedly; it can go on from where it last saved.</source>
        <translation>训练意外结束，可以从上次保存处继续。</translation>
    </message>
</context>
<context>
    <name>TrainingSetup</name>
    <message>
        <source>There is no corpus yet.</source>
        <translation>还没有语料库。</translation>
    </message>
    <message>
        <source>A model learns from a corpus; build one first.</source>
        <translation>模型要从语料库中学习；请先建立一个。</translation>
    </message>
    <message>
        <source>Choose a corpus first.</source>
        <translation>请先选择语料库。</translation>
    </message>
    <message>
        <source>Give the model a name.</source>
        <translation>请为模型命名。</translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>加入队列</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>New training</source>
        <translation>新建训练</translation>
    </message>
    <message>
        <source>A model learns the phrases of a corpus, and from then on writes new ones. The settings are good as they are; training goes on in a process of its own, and can be paused, even by closing the window.</source>
        <translation>模型学习语料库中的乐句，之后便能写出新的乐句。默认设置即可使用；训练在独立进程中进行，可以暂停，关闭窗口也会暂停。</translation>
    </message>
    <message>
        <source>Corpus</source>
        <translation>语料库</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name of the model</source>
        <translation>模型名称</translation>
    </message>
    <message>
        <source>Build a corpus</source>
        <translation>建立语料库</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>KL</source>
        <translation>KL 散度</translation>
    </message>
    <message>
        <source>Prior</source>
        <translation>先验</translation>
    </message>
    <message>
        <source>Data and decoder</source>
        <translation>数据与解码器</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>All settings</source>
        <translation>全部设置</translation>
    </message>
</context>
<context>
    <name>TrainingTime</name>
    <message>
        <source>Measuring how long it will take …</source>
        <translation>正在估算所需时间…</translation>
    </message>
    <message>
        <source>How long it will take could not be measured.</source>
        <translation>无法估算所需时间。</translation>
    </message>
    <message>
        <source>It will take {time} ({pace} s a step here), and the fitting of the prior some more.</source>
        <translation>大约需要 {time}（此处每步 {pace} 秒），先验拟合还需一些时间。</translation>
    </message>
    <message>
        <source>It will take {time} ({pace} s a step here).</source>
        <translation>预计用时：{time}（本机每步 {pace} 秒）。</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>Player</source>
        <translation>播放器</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>Large view</source>
        <translation>大视图</translation>
    </message>
    <message>
        <source>Metronome</source>
        <translation>节拍器</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Drag to make the view higher or lower</source>
        <translation>拖动以调整视图高度</translation>
    </message>
    <message>
        <source>Height of the large view</source>
        <translation>大视图高度</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Work</source>
        <translation>工作</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Clear the work that has ended</source>
        <translation>清除已结束的工作</translation>
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
    <name>Verdict</name>
    <message>
        <source>{count} of 100 notes come back in pieces that it has not seen.</source>
        <translation>在它没见过的作品中，每 100 个音符能还原 {count} 个。</translation>
    </message>
    <message>
        <source>{count} of 100 hits come back in beats that it has not seen.</source>
        <translation>在它没见过的节奏中，每 100 次击打能还原 {count} 次。</translation>
    </message>
    <message>
        <source>{count} of 100 characters come back in texts that it has not seen.</source>
        <translation>在它没见过的文字中，每 100 个字符能还原 {count} 个。</translation>
    </message>
    <message>
        <source>{count} of 100 steps come back in series that it has not seen.</source>
        <translation>在它没有见过的序列中，每 100 步有 {count} 步能还原。</translation>
    </message>
    <message>
        <source>Before it learned from yours it was {count}.</source>
        <translation>学习您的作品之前为 {count}。</translation>
    </message>
    <message>
        <source>All that it learned of yours it learned by heart, so it was left as it was.</source>
        <translation>它从您的作品中学到的都只是死记硬背，因此保持原样。</translation>
    </message>
    <message>
        <source>Too few to learn from: the model that it went on from remains the better one</source>
        <translation>太少，学不到东西：原来的模型仍然更好</translation>
    </message>
    <message>
        <source>After that it began to learn by heart, so its best state is kept.</source>
        <translation>此后它开始死记硬背，因此保留了最好的状态。</translation>
    </message>
    <message>
        <source>Good enough to use</source>
        <translation>可以放心使用</translation>
    </message>
    <message>
        <source>Nearly there: it can be tried, and more pieces help</source>
        <translation>快好了：可以试用，更多作品会有帮助</translation>
    </message>
    <message>
        <source>Nearly there: it can be tried, and more time helps</source>
        <translation>接近可用：可以试试，再多些时间会更好</translation>
    </message>
    <message>
        <source>Not good enough yet: give it more pieces</source>
        <translation>还不够好：请给它更多作品</translation>
    </message>
    <message>
        <source>Not good enough yet: give it more time, or more pieces</source>
        <translation>还不够好：请给它更多时间或更多作品</translation>
    </message>
</context>
<context>
    <name>Verdicts</name>
    <message>
        <source>Halfway pieces are new: {count} in 100 of their bars or phrases are copied from an end.</source>
        <translation>中间的作品是新的：每 100 个小节或短语中有 {count} 个抄自一端。</translation>
    </message>
    <message>
        <source>Halfway pieces are partly copied: {count} in 100 of their bars or phrases are from an end.</source>
        <translation>中间的作品有部分照抄：每 100 个小节或短语中有 {count} 个来自一端。</translation>
    </message>
    <message>
        <source>Halfway pieces are mostly copied: {count} in 100 of their bars or phrases are from an end.</source>
        <translation>中间的作品大多照抄：每 100 个小节或短语中有 {count} 个来自一端。</translation>
    </message>
    <message>
        <source>The way leads from end to end: {count} of 100 pieces near an end sound like it.</source>
        <translation>路径从一端通向另一端：靠近端点的 100 个作品中有 {count} 个听起来像该端。</translation>
    </message>
    <message>
        <source>The way wanders a little: {count} of 100 pieces near an end sound like it.</source>
        <translation>路径略有游移：靠近端点的 100 个作品中有 {count} 个听起来像该端。</translation>
    </message>
    <message>
        <source>The way wanders: only {count} of 100 pieces near an end sound like it.</source>
        <translation>路径游移不定：靠近端点的 100 个作品中只有 {count} 个听起来像该端。</translation>
    </message>
    <message>
        <source>The way is even: {count} of 100 have no sudden change.</source>
        <translation>路径均匀：100 条中有 {count} 条没有突变。</translation>
    </message>
    <message>
        <source>The way is mostly even: {count} of 100 have no sudden change.</source>
        <translation>路径大体均匀：100 条中有 {count} 条没有突变。</translation>
    </message>
    <message>
        <source>The way has sudden changes: only {count} of 100 have none.</source>
        <translation>路径有突变：100 条中只有 {count} 条没有。</translation>
    </message>
    <message>
        <source>It keeps time: the bars of {count} of 100 new {kind} are full.</source>
        <translation>节拍稳定：100 个新{kind}中有 {count} 个小节完整。</translation>
    </message>
    <message>
        <source>It mostly keeps time: the bars of {count} of 100 new {kind} are full.</source>
        <translation>节拍大体稳定：100 个新{kind}中有 {count} 个小节完整。</translation>
    </message>
    <message>
        <source>It loses time: the bars of only {count} of 100 new {kind} are full.</source>
        <translation>节拍不稳：100 个新{kind}中只有 {count} 个小节完整。</translation>
    </message>
    <message>
        <source>New {kind} are its own: {count} in 100 have a long passage that it learned.</source>
        <translation>新{kind}是自己的：每 100 个中有 {count} 个含有学过的长段。</translation>
    </message>
    <message>
        <source>New {kind} quote at times: {count} in 100 have a long passage that it learned.</source>
        <translation>新{kind}有时引用：每 100 个中有 {count} 个含有学过的长段。</translation>
    </message>
    <message>
        <source>New {kind} quote often: {count} in 100 have a long passage that it learned.</source>
        <translation>新{kind}常常引用：每 100 个中有 {count} 个含有学过的长段。</translation>
    </message>
    <message>
        <source>It does not repeat what it learned: {count} in 100 new {kind} are known ones.</source>
        <translation>不重复所学：每 100 个新{kind}中有 {count} 个是已有的。</translation>
    </message>
    <message>
        <source>It repeats some of what it learned: {count} in 100 new {kind} are known ones.</source>
        <translation>会重复一些所学：每 100 个新{kind}中有 {count} 个是已有的。</translation>
    </message>
    <message>
        <source>It repeats what it learned: {count} in 100 new {kind} are known ones.</source>
        <translation>重复所学：每 100 个新{kind}中有 {count} 个是已有的。</translation>
    </message>
    <message>
        <source>Bars that it fills in are new: {count} in 100 are a copy of a bar beside them.</source>
        <translation>补写的小节是新的：每 100 个中有 {count} 个与相邻小节相同。</translation>
    </message>
    <message>
        <source>Bars that it fills in are partly new: {count} in 100 are a copy of a bar beside them.</source>
        <translation>补写的小节部分是新的：每 100 个中有 {count} 个与相邻小节相同。</translation>
    </message>
    <message>
        <source>Bars that it fills in are mostly copies: {count} in 100 are that of a bar beside them.</source>
        <translation>补写的小节大多是照抄：每 100 个中有 {count} 个与相邻小节相同。</translation>
    </message>
    <message>
        <source>It forecasts: its errors are {count} in 100 of those of repeating the season before.</source>
        <translation>它能预测：误差是照搬上一周期的 {count}%。</translation>
    </message>
    <message>
        <source>It forecasts about as well as repeating the season before.</source>
        <translation>它的预测与照搬上一周期差不多。</translation>
    </message>
    <message>
        <source>It forecasts less well than repeating the season before.</source>
        <translation>它的预测不如照搬上一周期。</translation>
    </message>
    <message>
        <source>Its chords fit the tune: {count} of 100 strong notes are in the chord.</source>
        <translation>和弦与曲调相合：100 个重拍音中有 {count} 个在和弦内。</translation>
    </message>
    <message>
        <source>Its chords fit less well than a composer&apos;s: {count} of 100 strong notes are in the chord.</source>
        <translation>和弦不如作曲家的贴切：100 个重拍音中有 {count} 个在和弦内。</translation>
    </message>
    <message>
        <source>Its chords do not fit the tune: only {count} of 100 strong notes are in the chord.</source>
        <translation>和弦与曲调不合：100 个重拍音中只有 {count} 个在和弦内。</translation>
    </message>
    <message>
        <source>It learned from too few pieces: it is as good as the model that it went on from, and no better.</source>
        <translation>它学习的作品太少：与原来的模型一样好，但没有更好。</translation>
    </message>
    <message>
        <source>Learned nothing new</source>
        <translation>没有学到新东西</translation>
    </message>
    <message>
        <source>Not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>Good enough to use</source>
        <translation>可以放心使用</translation>
    </message>
    <message>
        <source>To be used with care</source>
        <translation>请谨慎使用</translation>
    </message>
    <message>
        <source>Not good enough yet</source>
        <translation>还不够好</translation>
    </message>
    <message>
        <source>{count} of 100 notes come back</source>
        <translation>100 个音符中有 {count} 个能还原</translation>
    </message>
    <message>
        <source>{count} of 100 hits come back</source>
        <translation>100 次击打中有 {count} 次能还原</translation>
    </message>
    <message>
        <source>{count} of 100 letters come back</source>
        <translation>100 个字符中有 {count} 个能还原</translation>
    </message>
    <message>
        <source>{count} of 100 steps come back</source>
        <translation>每 100 步有 {count} 步能还原</translation>
    </message>
    <message>
        <source>Good enough to use: {what}.</source>
        <translation>可以放心使用：{what}。</translation>
    </message>
    <message>
        <source>Use it with care: {what}, so ends may sound changed.</source>
        <translation>请谨慎使用：{what}，端点听起来可能有变化。</translation>
    </message>
    <message>
        <source>Not good enough to use yet: only {what}.</source>
        <translation>还不够好：只有 {what}。</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Nothing chosen</source>
        <translation>未选择任何内容</translation>
    </message>
    <message>
        <source>Large view</source>
        <translation>大视图</translation>
    </message>
    <message>
        <source>{title}, by {model}</source>
        <translation>{title}，来自 {model}</translation>
    </message>
    <message>
        <source>{place} of the way from A to B</source>
        <translation>从 A 到 B 的 {place} 处</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>对比对象</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Lay another piece over this one</source>
        <translation>叠加另一个作品</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Show all of it</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Close the large view</source>
        <translation>关闭大视图</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>With A: {title}</source>
        <translation>与 A：{title}</translation>
    </message>
    <message>
        <source>With B: {title}</source>
        <translation>与 B：{title}</translation>
    </message>
    <message>
        <source>With the one before</source>
        <translation>与前一个</translation>
    </message>
    <message>
        <source>With the one after</source>
        <translation>与后一个</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>Ways</name>
    <message>
        <source>Play or draw</source>
        <translation>弹奏或绘制</translation>
    </message>
    <message>
        <source>Play on a keyboard, or draw notes</source>
        <translation>用键盘弹奏，或绘制音符</translation>
    </message>
    <message>
        <source>Tap in</source>
        <translation>敲入</translation>
    </message>
    <message>
        <source>Set hits on the steps of a drum machine</source>
        <translation>在鼓机的格子上设置敲击</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>绘制</translation>
    </message>
    <message>
        <source>Draw it by hand</source>
        <translation>手工绘制</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Take a piece from a file</source>
        <translation>从文件中选取作品</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>作品库</translation>
    </message>
    <message>
        <source>Choose a piece that was kept or made; Enter makes it an end</source>
        <translation>选择收藏或生成的作品；按回车键设为一端</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>A new piece, drawn from what the model has learned</source>
        <translation>从模型所学中采样出一个新作品</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Choose a place on the map; Enter makes it an end</source>
        <translation>在地图上选择一处；按回车键设为一端</translation>
    </message>
    <message>
        <source>Drop a file here, or</source>
        <translation>把文件拖放到这里，或</translation>
    </message>
</context>
<context>
    <name>Well</name>
    <message>
        <source>Back to {letter}</source>
        <translation>回到 {letter}</translation>
    </message>
    <message>
        <source>Work on the end again; it is as it was</source>
        <translation>重新处理这一端；它保持原样</translation>
    </message>
    <message>
        <source>Type or paste a sentence</source>
        <translation>输入或粘贴一个句子</translation>
    </message>
    <message>
        <source>The sentence of end {letter}</source>
        <translation>端点 {letter} 的句子</translation>
    </message>
    <message>
        <source>Which bars of end {letter}</source>
        <translation>端点 {letter} 的小节范围</translation>
    </message>
    <message>
        <source>Which part of end {letter}</source>
        <translation>{letter} 端的哪一部分</translation>
    </message>
    <message>
        <source>Which bars are meant</source>
        <translation>使用哪些小节</translation>
    </message>
    <message>
        <source>Which part is meant</source>
        <translation>指的是哪一部分</translation>
    </message>
    <message>
        <source>Replace end {letter}</source>
        <translation>替换端点 {letter}</translation>
    </message>
    <message>
        <source>Replace or clear this end</source>
        <translation>替换或清除此端点</translation>
    </message>
    <message>
        <source>How it is read…</source>
        <translation>读取方式……</translation>
    </message>
    <message>
        <source>Another track or column of the file, another metre or key</source>
        <translation>文件的其他音轨或列，其他拍号或调</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Improve</source>
        <translation>改进</translation>
    </message>
    <message>
        <source>Improve what is kept of end {letter}</source>
        <translation>改进端点 {letter} 的保留程度</translation>
    </message>
    <message>
        <source>What can be done so that the model keeps more of it</source>
        <translation>怎样让模型保留更多</translation>
    </message>
    <message>
        <source>End {letter}</source>
        <translation>端点 {letter}</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Choose files</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>A folder of songs or texts</source>
        <translation>选择歌曲或文本的文件夹</translation>
    </message>
    <message>
        <source>Songs or texts</source>
        <translation>选择歌曲或文本</translation>
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
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>作品库</translation>
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
    <name>WordsDialog</name>
    <message>
        <source>Words to edit</source>
        <translation>可编辑的文字</translation>
    </message>
    <message>
        <source>The piece itself stays as it is; what you write is a piece of its own.</source>
        <translation>原作品保持不变；你写下的是一首新的作品。</translation>
    </message>
</context>
<context>
    <name>_Empty</name>
    <message>
        <source>Nothing was found</source>
        <translation>没有找到作品</translation>
    </message>
    <message>
        <source>No piece has all of this. Try a word less, or fewer filters.</source>
        <translation>没有作品符合全部条件。请减少搜索词或筛选条件。</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Nothing was removed</source>
        <translation>没有已移除的作品</translation>
    </message>
    <message>
        <source>What you remove waits here, so that you can bring it back.</source>
        <translation>移除的作品会留在这里，可以随时找回。</translation>
    </message>
    <message>
        <source>Back to the library</source>
        <translation>返回作品库</translation>
    </message>
    <message>
        <source>Nothing was made yet</source>
        <translation>还没有生成过作品</translation>
    </message>
    <message>
        <source>All that you make comes here by itself, the newest first.</source>
        <translation>生成的一切都会自动出现在这里，最新的在前。</translation>
    </message>
    <message>
        <source>Make something</source>
        <translation>去创作</translation>
    </message>
    <message>
        <source>Nothing is kept yet</source>
        <translation>还没有收藏的作品</translation>
    </message>
    <message>
        <source>Press F on a piece, or its heart, and it comes here. The history has everything that you made.</source>
        <translation>在作品上按 F 键或点击心形，它就会出现在这里。历史记录中有生成过的一切。</translation>
    </message>
    <message>
        <source>Look at the history</source>
        <translation>查看历史记录</translation>
    </message>
</context>
<context>
    <name>_Font</name>
    <message>
        <source>Choose a SoundFont</source>
        <translation>选择音色库</translation>
    </message>
    <message>
        <source>The one that is found</source>
        <translation>自动找到的音色库</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
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
        <source>{things} of up to {bars} bars</source>
        <translation>最多 {bars} 小节的{things}</translation>
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
<context>
    <name>_Rows</name>
    <message>
        <source>not defined for this model</source>
        <translation>对此模型无定义</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未评测</translation>
    </message>
    <message>
        <source>better than the first</source>
        <translation>优于第一个</translation>
    </message>
    <message>
        <source>worse than the first</source>
        <translation>差于第一个</translation>
    </message>
    <message>
        <source>the best</source>
        <translation>最佳</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
</context>
<context>
    <name>_Strip</name>
    <message>
        <source>Its own kit</source>
        <translation>作品自带的鼓组</translation>
    </message>
    <message>
        <source>Its own instrument</source>
        <translation>作品自带的乐器</translation>
    </message>
    <message>
        <source>Instrument of {name}</source>
        <translation>{name} 的乐器</translation>
    </message>
    <message>
        <source>Search instruments</source>
        <translation>搜索乐器</translation>
    </message>
    <message>
        <source>Level of {name}</source>
        <translation>{name} 的音量</translation>
    </message>
    <message>
        <source>M</source>
        <comment>mute</comment>
        <translation>M</translation>
    </message>
    <message>
        <source>Mute {name}</source>
        <translation>将 {name} 静音</translation>
    </message>
    <message>
        <source>S</source>
        <comment>solo</comment>
        <translation>S</translation>
    </message>
    <message>
        <source>Hear {name} alone</source>
        <translation>只听 {name}</translation>
    </message>
</context>
<context>
    <name>_Tags</name>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>New tag</source>
        <translation>新建标签</translation>
    </message>
</context>
</TS>
