//! Intended repetitions: 一步一步, 看看报, 散散步, 讨论讨论, 一年年.
//!
//! Verbs of deliberate action repeat to mean "a little" (动词重叠, Zhu Dexi, 语法讲义, 1982, §5.7): those of
//! one character as AA, of two as ABAB; in a verb-object word (离合词) only the verb repeats: 散散步. The
//! lists were compiled for this project.

use crate::typo::model::lexicon::Lexicon;
use crate::typo::model::symbols::{DIGITS, HANZI, Symbols};
use std::collections::HashSet;

/// Verbs of one character that repeat.
const ONE: &str = "\
看听说读写走跑坐站躺睡吃喝尝闻摸碰试想猜算数问谈聊讲论查找翻捡挑选摆放搬抬挪拉拽拧敲打拍捶揉捏按擦抹洗刷扫浇\
晒烤炒煮炖蒸切剁磨修补缝织种栽养喂遛逛转绕玩耍唱跳练学教帮劝哄逗吓催管抓搞做干办弄改编画描背念抄签盖印贴挂钓\
撒散潜游爬骑停歇等盼望瞧瞅见交接送迎陪跟串访治疗护消解松透晾熨理解嚼泡磕碰烧挑倒跺存系择核扛拎抱喊发蹭踩踢扔\
丢甩晃摇点算说评比考验品赏凑缓压降提带传鼓跑搭插动伸弯扭揪掐";

/// Verb-object words, in pairs.
const WITH_OBJECT: &str = "\
见面散步洗澡睡觉聊天帮忙跳舞唱歌游泳打趣撒娇潜水治病打球下棋上网看病谈心谈话说话听课听歌逛街爬山跑步健身美容\
理发化妆照相拍照录音录像吃饭喝茶喝酒抽烟做饭做菜炒菜烧水洗手洗脸洗头洗碗刷牙梳头扫地拖地擦汗种花种树浇花浇水\
养花养鱼钓鱼打猎打牌打架打针打气打杂打工打字敲门开车骑车兜风散心放风消气消食解闷解渴解馋解气出气透气喘气歇脚\
歇气充电补课补觉翻身转身弯腰伸手招手挥手握手拍手点头摇头低头抬头回头张嘴动手动脑动笔练字练琴练兵写字写诗画画\
读书看书念经背书算命算账查账请客送礼送行串门走亲叙旧谈天吹牛吵架斗嘴插话搭话鼓劲加油沾光凑数帮腔带路让路探路\
问路赶路排队站岗值班加班请假休假拜年过年烧香拜佛拜师交心交友把关掌舵撑腰压惊定神养神提神醒酒醒脑润喉暖胃暖身\
热身养生减肥补钙补血活血遛狗遛弯喂鸡喂奶讲课讲理讲价砍价评理说理说情求情道歉赔礼认错操心费心跑腿松土施肥除草\
翻地晒图泡澡泡脚按脚捶背揉肩伸腰压腿踢腿踢球传球投篮看戏听戏唱戏说书听书抄书借书还书买菜择菜切菜盛饭端水倒水\
叠被铺床纳凉乘凉取暖烤火传经取经宣誓讲故讲情摸底探底交底探亲访友走访问诊把脉号脉搭脉换药敷药涂药擦药配药抓药\
煎药熬药吃药撒欢盖房盖楼过瘾过招露脸露面开会开窗通风换气透风放假逗乐解恨出力出主尽力尽孝占便种菜种地种田织布\
绣花喂猪喂羊放羊放牛养猪砍柴挑水打水打铁做梦做客发呆发火吹风赏花赏月赏景观景采花拍戏演戏追星追剧刷剧刷题做题\
出题表态助兴助威减负降温排毒排汗出汗流汗敷脸护肤修眉剪发剪纸染发烫发刮痧挖土挖坑捞鱼摸鱼抓鱼拔草喷药拌嘴较劲\
叫好鼓掌敬酒碰杯碰头碰面聚餐会面打卡打坐念佛许愿上香下厨圆场出门出游滑雪滑冰溜冰划船冲凉冲澡踏青赶集赶海花钱\
省钱攒钱赚钱存钱挣钱动身起身抖腿踱步迈步练手练笔练舞练歌练拳打拳练功练胆壮胆记账对账结账报账理账做账记事记工\
写信寄信回信点钞数钱取钱点数算数认字识字识数抠字对表看表搓澡搓背修鞋擦鞋绣花插花剪枝浇地锄草锄地除尘扫雪铲雪\
扫墓提气争气服软认怂磕头还嘴还价压价砸价问价比价比武比赛过目";

/// Verbs of two characters that repeat, in pairs.
const TWO: &str = "\
商量讨论研究汇报锻炼交流学习考虑了解休息打扫整理收拾检查打听介绍认识熟悉体验感受参观分析总结反思调查调研照顾\
帮助批评表扬鼓励宣传解释练习复习活动运动放松调整调节准备安排布置沟通协调合计琢磨思考回忆回顾回味欣赏享受尝试\
比较对比观察观摩切磋请教指点指导点评评价评论议论探讨摸索探索研讨梳理盘点清理打理修改改进完善补充充实提高掂量\
斟酌权衡衡量打量端详检讨反省检点收敛克制安慰安抚开导疏导劝说说服教育教训提醒敲打磨炼磨练历练锤炼适应见识开阔\
调养保养保护维护修理修补装饰打扮布置美化绿化净化亮化比划比试较量体会领会领略感悟揣摩推敲核实核对核算计算测算\
估算统计登记记录归纳概括归类分类对照参考参照借鉴模仿排练演练操练训练培训辅导请示报告反映反馈表示慰问问候看望\
拜访走访串联联系联络联欢团聚聚会庆祝热闹高兴凉快暖和轻松痛快舒服清静开心快活乐呵溜达转悠逛荡活络活泛漂流掰扯\
寒暄接触分解扎紧比画说道叙谈叨扰核查规整归置拾掇张罗捯饬鼓捣合计掂掇见识显摆展示表现表达调剂调理缓和缓解松动\
疏通疏散理顺捋顺梳洗擦拭清洗冲洗翻新更新刷新焕发发动带动推动拉动互动走动晾晒通风消化吸收借阅翻阅浏览回看对接\
衔接磨合配合咨询征求听取采访座谈谈论唠叨念叨嘀咕嘱咐叮嘱吩咐交代交待关照招呼招待接待款待犒劳感谢答谢道谢";

/// What repeats, in symbols.
pub struct Repeats {
    /// What begins a repeated phrase: 一步一步, 很久很久.
    first: [u16; 14],
    /// What ends one: 看着看着, 想飞谁飞谁.
    last: [u16; 5],
    one: HashSet<u16>,
    with_object: HashSet<[u16; 2]>,
    two: HashSet<[u16; 2]>,
}

impl Repeats {
    /// Looks up the symbols.
    pub fn new(symbols: &Symbols<'_>) -> Self {
        let of = |c: char| symbols.of(c);
        let by_twos = |list: &str| {
            let all: Vec<u16> = list.chars().map(of).collect();
            all.chunks_exact(2).map(|two| [two[0], two[1]]).collect()
        };
        Repeats {
            first: ['一', '很', '太', '最', '好', '更', '越', '真', '大', '再', '又', '没', '两', '不']
                .map(of),
            last: ['着', '了', '啊', '呀', '谁'].map(of),
            one: ONE.chars().map(of).collect(),
            with_object: by_twos(WITH_OBJECT),
            two: by_twos(TWO),
        }
    }

    /// May the `n` symbols at `i`, which repeat those before them, be intended?
    pub fn is_intended(&self, lexicon: &Lexicon<'_>, s: &[u16], i: usize, n: usize) -> bool {
        if n == 1 && (self.is_rhetorical(s, i) || self.is_reduplicated_verb(lexicon, s, i)) {
            return true;
        }
        if n == 2 && self.two.contains(&[s[i], s[i + 1]]) {
            return true;
        }
        if n >= 2 && (self.first.contains(&s[i]) || self.last.contains(&s[i + n - 1])) {
            return true;
        }
        // A numbered heading that its text repeats.
        let start = i - n;
        start >= 2 && s[start - 1] < HANZI && s[start - 2] == DIGITS
    }

    /// Would deleting `n` symbols at `i` remove one half of a repetition that may be intended?
    pub fn removes_half(&self, lexicon: &Lexicon<'_>, s: &[u16], i: usize, n: usize) -> bool {
        let twice = |i: usize| i >= n && i + n <= s.len() && s[i - n..i] == s[i..i + n];
        (n == 1 && self.is_rhetorical(s, i))
            || (i..=i + n).any(|i| twice(i) && self.is_intended(lexicon, s, i, n))
    }

    /// Is the character at `i` part of a rhetorical repetition: 一年年, 点人点事, 千防万防?
    fn is_rhetorical(&self, s: &[u16], i: usize) -> bool {
        let four = |from: Option<usize>| s.get(from?..from? + 4).filter(|w| w.iter().all(|&c| c >= HANZI));
        (i >= 2 && s[i - 1] == s[i] && s[i - 2] == self.first[0])
            || four(i.checked_sub(1)).is_some_and(|w| w[0] == w[2] || w[1] == w[3])
            || four(i.checked_sub(3)).is_some_and(|w| w[1] == w[3])
    }

    /// Is the character at `i`, equal to the one before it, a reduplicated verb and no part of a word with
    /// its other neighbour? 看看报 is intended, 想 in 思想想 and 看 in 看看待 is not.
    fn is_reduplicated_verb(&self, lexicon: &Lexicon<'_>, s: &[u16], i: usize) -> bool {
        let word = |pair: Option<&[u16]>| {
            pair.is_some_and(|w| w.iter().all(|&c| c >= HANZI) && lexicon.frequency(w).is_some())
        };
        let onward = s.get(i..i + 2);
        !word(i.checked_sub(2).and_then(|from| s.get(from..i)))
            && (onward.is_some_and(|w| self.with_object.contains(w))
                // 打打电话: a verb with an object of two characters.
                || (self.one.contains(&s[i]) && (!word(onward) || word(s.get(i..i + 3)))))
    }
}
