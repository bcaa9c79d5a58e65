"""What keeps a file from being read: why, and what to do, for the command line and for the app."""

from __future__ import annotations

from enum import Enum
from pathlib import Path


class Fault(Enum):
    """A reason and an advice in English, and both in Japanese. `{…}` stands for what the raiser tells."""

    GONE = (
        "There is no such file or folder.",
        "Check the path.",
        "見つかりません。場所をお確かめください。",
    )
    UNOPENED = (
        "The file cannot be opened ({why}).",
        "Check its permissions.",
        "ファイルを開けません。ほかのソフトで開いていないか、読み取りの権限があるかをお確かめください。",
    )
    LINK = (
        "This is a link, and links are not followed.",
        "Put the file itself into the folder, or name the folder it leads to.",
        "別の場所へのリンクです。ファイルそのものをフォルダーに入れてください。",
    )
    EMPTY = (
        "The file is empty and holds no text.",
        "Put the text in, or take the file away.",
        "空のファイルです。内容を入れるか、フォルダーから取り除いてください。",
    )
    NO_TEXT = (
        "The file holds no text.",
        "Put the text in, or take the file away; if it shows pictures of pages, save it as a PDF.",
        "文字が入っていません。内容を入れるか、取り除いてください。紙を写した画像だけのときは、PDFで保存してください。",
    )
    NOT_TEXT = (
        "The file is not readable text.",
        "Open it in an editor, save it as UTF-8 text and build again.",
        "文字として読めません。メモ帳などで開き、文字コードをUTF-8にして保存し直してください。",
    )
    UNKNOWN_KIND = (
        "Files of the kind '{kind}' cannot be read.",
        "Save it as PDF, Word (.docx), Excel (.xlsx) or text (.txt) and build again.",
        "この種類のファイル（{kind}）は読めません。PDF、Word（.docx）、Excel（.xlsx）、テキスト（.txt）のどれかで保存し直してください。",
    )
    OLD_KIND = (
        "Files of the kind '{kind}' cannot be read.",
        "Open it with {program}, save it as {target} and build again.",
        "この種類のファイル（{kind}）は読めません。{program}で開き、{target}で保存し直してください。",
    )
    ARCHIVE = (
        "Files of the kind '{kind}' hold other files and are not opened.",
        "Unpack it, put the files into the folder and build again.",
        "まとめられたファイル（{kind}）です。中のファイルを取り出してから、フォルダーに入れてください。",
    )
    WRONG_NAME = (
        "The file is named '{kind}' but is of another kind ({found}).",
        "Give it its right ending, or fetch it anew, and build again.",
        "名前は「{kind}」ですが、中身は別の種類（{found}）です。正しい拡張子に直すか、ファイルを取得し直してください。",
    )
    ENCRYPTED = (
        "The file is locked with a password.",
        "Open it, save it without the password and build again.",
        "パスワードがかかっています。パスワードを外して保存し直してください。",
    )
    MACROS = (
        "The file holds macros.",
        "Open it, save it as {target}, which holds none, and build again.",
        "マクロが入っています。マクロのない形式（{target}）で保存し直してください。",
    )
    BROKEN = (
        "The file is damaged, or not of its kind ({why}).",
        "Open it with the program that made it, save it anew and build again.",
        "ファイルが壊れているか、開けない形です。元のソフトで開き、保存し直してください。",
    )
    TOO_LARGE = (
        "The file is too large ({size}; at most {most}).",
        "Split it, or save it without what is not needed, and build again.",
        "ファイルが大きすぎます（{size}、上限は{most}）。分けて保存し直してください。",
    )
    BOMB = (
        "The file unpacks to far more than a document holds ({size}; at most {most}).",
        "Save it anew with the program that made it, or split it, and build again.",
        "展開すると大きすぎるファイルです（{size}、上限は{most}）。元のソフトで保存し直すか、分けてください。",
    )
    NO_OCR = (
        "The file holds pictures of pages, and no program that reads pictures (tesseract) is installed.",
        "Install it with its Japanese data (Debian: apt-get install tesseract-ocr tesseract-ocr-jpn; "
        "Windows: the installer of UB Mannheim, with 'Japanese' ticked) and build again.",
        "紙を写した画像のファイルです。文字を読み取る部品（Tesseract と日本語データ）が入っていないため読めません。"
        "Windows では UB Mannheim 版のインストーラーで「Japanese」を選んで入れ、Debian では "
        "apt-get install tesseract-ocr tesseract-ocr-jpn を実行してから、もう一度読み込んでください。",
    )
    OCR_FAILED = (
        "The pictures of its pages could not be read ({why}).",
        "Scan it anew, upright and at 300 dpi, and build again.",
        "画像の文字を読み取れませんでした。まっすぐに、300dpiで読み取り（スキャンし）直してください。",
    )
    FAILED = (
        "Senrei failed on this file ({why}).",
        "Please report it. The other files are not affected.",
        "このファイルの読み込みに失敗しました。担当者にお知らせください。ほかのファイルには影響ありません。",
    )


class RecordError(Exception):
    """A file that cannot be read as a record. Says which, why, and what to do; `japanese` for the app."""

    def __init__(self, path: Path, fault: Fault, **told: str) -> None:
        self.path = path
        self.fault = fault
        self.reason, self.advice, self.japanese = (
            sentence.format(**told) for sentence in fault.value
        )
        super().__init__(f"{path.name}: {self.reason} {self.advice}")


def in_megabytes(size: int) -> str:
    """A size in bytes as people say it."""
    return f"{max(1, round(size / 1_000_000)):,} MB"
