//! What the server adds to the page of the report: the drop zone of the list, the buttons of a draft.

use maud::{Markup, html};

use super::desk::View;
use super::draft::Draft;
use crate::files::MAX_BYTES;
use crate::report::RunReport;
use crate::report::html::served::{self, Additions, Page, Shelf};
use crate::text::format::Format;

const STYLE: &str = include_str!("serve.css");
const SCRIPT: &str = include_str!("serve.js");
pub(super) const ICON: &str = include_str!("icon.svg");

/// Where the list is, from the page of a draft.
const HOME: &str = "../../";

/// The list of all drafts.
pub(super) fn list(view: &View) -> Page {
    let shelf = |heading, drafts: &[std::sync::Arc<Draft>]| Shelf {
        heading,
        drafts: drafts.iter().map(|it| (format!("drafts/{}/", it.id), it.row.clone())).collect(),
    };
    let shelves = [shelf("拿来的稿子", &view.taken), shelf("文件夹里的稿子", &view.files)];
    let mut run = RunReport {
        skipped: view.skipped.as_deref(),
        failures: &view.failures,
        failed: !view.failures.is_empty(),
        ..RunReport::default()
    };
    for draft in view.files.iter().chain(&view.taken) {
        run.counts.add(&draft.findings, &[], draft.takes_fixes());
    }
    let header = html! {
        div #serve data-home="" data-stamp=(view.stamp) data-most=(MAX_BYTES) {
            label.drop {
                input #pick.unseen type="file" multiple accept=(accepted());
                span.invitation { b { "把稿子拖到这里" } "，或者" span.link { "选一个文件" } }
                span.aside {
                    "Word 文档（.docx）、纯文本（.txt）、Markdown（.md），每份不超过" (MAX_BYTES >> 20)
                    "兆字节。只在这台电脑的内存里校对：不上网，不另存。"
                }
            }
            (told())
        }
    };
    served::list(&shelves, &run, &additions(header, ""))
}

/// The page of a draft.
pub(super) fn draft(draft: &Draft, can_undo: bool) -> Page {
    let safe = draft.safe_fixes();
    let takes_fixes = draft.takes_fixes();
    let is_word = draft.format() == Format::Docx;
    let copy = |to: &str, text: &str| html! { li { a href=(to) download { (text) } } };
    let header = html! {
        div #serve data-home=(HOME) data-stamp=(draft.stamp) data-most=(MAX_BYTES) {
            div.desk {
                a.home href=(HOME) { "← 全部稿子" }
                @if takes_fixes && safe > 0 {
                    button.main type="button" data-change="accept-safe" { "全部采纳安全的（" (safe) "处）" }
                }
                @if can_undo { button type="button" data-change="undo" { "撤销" } }
                details.copies {
                    summary { "下载" }
                    ul {
                        @if is_word {
                            (copy("annotated", "带批注的副本（Word）"))
                            (copy("suggested", "带修订的副本（Word）"))
                        }
                        @if !draft.is_file() { (copy("text", "改好的稿子")) }
                        (copy("report", "审读报告（网页）"))
                    }
                }
                @if !draft.is_file() { button type="button" data-discard { "不要这份了" } }
            }
            p.aside {
                @if !draft.findings.is_empty() { "按 j、k 逐处看，按 a 采纳正在看的一处。" }
                @if !takes_fixes {
                    "稿子里有无法识别的字节，不能在这里改；请对照原稿补上，用 UTF-8 编码另存。"
                } @else if draft.is_file() {
                    "采纳的改法直接写进文件；文件在别处改了，这里会跟着更新。"
                } @else {
                    "这份稿子只在内存里，关掉 zhubi serve 就没有了；改好以后请下载。"
                }
            }
            (told())
        }
    };
    served::draft(&draft.report(), takes_fixes, &additions(header, HOME))
}

/// The page of a draft that is not there.
pub(super) fn gone() -> Page {
    let header = html! {
        div #serve data-home=(HOME) data-stamp="gone" data-most=(MAX_BYTES) {
            div.desk { a.home href=(HOME) { "← 全部稿子" } }
            (told())
        }
    };
    served::notice("这份稿子不在了：可能已经改名、删去，或者拿来以后又去掉了。", &additions(header, HOME))
}

/// Where the script says what has become of things.
fn told() -> Markup {
    html! {
        p #told role="alert" hidden {}
        noscript { p.aside { "采纳、拖入稿子要用脚本，请在浏览器里打开。" } }
    }
}

fn additions(header: Markup, home: &str) -> Additions {
    Additions { header, icon: format!("{home}icon.svg"), style: STYLE, script: SCRIPT }
}

/// What the browser offers to pick.
fn accepted() -> String {
    let extensions = Format::ALL.iter().flat_map(|format| format.extensions());
    extensions.map(|extension| format!(".{extension}")).collect::<Vec<_>>().join(",")
}
