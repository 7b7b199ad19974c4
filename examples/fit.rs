use zhubi::chinese::words::{Fit, fit};
fn main() {
    let table = std::fs::read_to_string("data/confusable-word.tsv").unwrap();
    let frames = ["", "我们要X。", "认真X工作", "有了X的情况", "在X中", "对X进行", "他X了", "不X", "全面X，"];
    let mut stats = [[0; 3]; 2];
    for line in table.lines().skip(1) {
        let c: Vec<&str> = line.split('\t').collect();
        let (wrong, right) = (c[0], c[1]);
        for f in &frames {
            let text = if f.is_empty() { wrong.to_string() } else { f.replace('X', wrong) };
            let at = text.find(wrong).unwrap();
            let r = fit(&text, &(at..at + wrong.len()), right);
            stats[0][r as usize] += 1;
            if r == Fit::Across {
                println!("LOST {text} ({wrong})");
            }
        }
        for t in c.get(3).unwrap_or(&"").split('|').filter(|t| t.contains(wrong)) {
            let at = t.find(wrong).unwrap();
            let r = fit(t, &(at..at + wrong.len()), right);
            stats[1][r as usize] += 1;
            if r != Fit::Across {
                println!("TRAP {r:?} {t} ({wrong}→{right})");
            }
        }
    }
    println!("frames {:?} traps {:?} (across, doubtful, whole)", stats[0], stats[1]);
}
