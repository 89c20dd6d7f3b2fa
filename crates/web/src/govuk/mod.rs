//! The design system's components, one to a pair of files, under its own names and with its own markup.
//!
//! A page template writes `{{ judgement }}` and gets the component's HTML; every word in it is escaped.

mod back_link;
mod breadcrumbs;
mod button;
mod checkboxes;
mod content;
mod date_input;
mod details;
mod error_message;
mod error_summary;
mod field;
mod file_upload;
mod hint;
mod hostile;
mod inset;
mod label;
mod legend;
mod notification_banner;
mod password_input;
mod radios;
mod select;
mod summary_list;
mod table;
mod tag;
mod task_list;
mod text_input;
mod textarea;
mod warning_text;

#[cfg(test)]
mod tests;

pub use back_link::BackLink;
pub use breadcrumbs::Breadcrumbs;
pub use button::{Button, ButtonKind};
pub use checkboxes::{CheckboxItem, Checkboxes};
pub use content::{Content, Markup};
pub use date_input::{DateInput, DatePart};
pub use details::Details;
pub use error_message::ErrorMessage;
pub use error_summary::{ErrorLine, ErrorSummary};
pub use field::{Field, LabelSize};
pub use file_upload::FileUpload;
pub use hint::Hint;
pub use hostile::HOSTILE;
pub use inset::Inset;
pub use label::Label;
pub use legend::Legend;
pub use notification_banner::NotificationBanner;
pub use password_input::PasswordInput;
pub use radios::{RadioItem, Radios};
pub use select::{Select, SelectItem};
pub use summary_list::{SummaryLink, SummaryList, SummaryRow};
pub use table::{CaptionSize, Column, Table};
pub use tag::{Tag, TagColour};
pub use task_list::{TaskItem, TaskList, TaskStatus};
pub use text_input::{InputKind, InputWidth, TextInput};
pub use textarea::Textarea;
pub use warning_text::WarningText;
