"""Every error the program raises on purpose; each message names the facts and the cure.

    AssistantError                     exit code 1: the user can mend it
    ├── SettingsError                  unknown key, value out of range, unreadable file
    ├── CorpusError                    the texts
    │   ├── ManifestError              corpus/manifest.toml does not say what it must
    │   ├── SourceAbsent               no cache, mirror or network holds a file
    │   ├── FetchError                 the publisher answered with an error
    │   ├── IntegrityError             bytes that are not those expected
    │   ├── ParseError                 markup that the parser does not understand
    │   ├── AuditError                 a parsed act misses something or holds it twice
    │   └── DocumentError              a local document that cannot be read
    ├── StoreError                     the index
    │   ├── IndexMissing               nothing was indexed yet
    │   └── IndexMismatch              built with another embedder or other settings
    ├── ModelError                     embedders and chat models
    │   ├── ModelAbsent                not pulled yet, or the file is gone
    │   ├── ModelBroken                a file that is no model, or a cut one
    │   ├── ModelTooLarge              does not fit in this machine's memory
    │   └── ContextOverflow            the prompt exceeds the context window
    ├── QuestionError                  what was typed cannot be a question
    │   └── UnknownReference           an act or provision that does not exist
    ├── MarkError                      an export that cannot be signed or checked
    ├── AccountError                   a local account or the sessions' secret cannot be used
    ├── ConversationsError             the database of conversations cannot be used
    └── ServeError                     the chat cannot start (a port in use, an address refused)

The failure this prevents: a traceback in front of a person who could have mended the cause.
"""

from __future__ import annotations


class AssistantError(Exception):
    """Base of all errors raised on purpose. `exit_code` is what the command line returns."""

    exit_code = 1


class SettingsError(AssistantError):
    """A setting that is unknown, out of range or unreadable."""


class CorpusError(AssistantError):
    """Something is wrong with the texts."""


class ManifestError(CorpusError):
    """`corpus/manifest.toml` does not say what it must."""


class SourceAbsent(CorpusError):
    """No cache, mirror or network holds a file of the manifest."""


class FetchError(CorpusError):
    """The publisher answered with an error, or did not answer."""


class IntegrityError(CorpusError):
    """The bytes are not those expected."""


class ParseError(CorpusError):
    """Markup that the parser does not understand."""


class AuditError(CorpusError):
    """A parsed act misses something, or holds it twice."""


class DocumentError(CorpusError):
    """A local document that cannot be read."""


class StoreError(AssistantError):
    """The index cannot be read or written."""


class IndexMissing(StoreError):
    """Nothing was indexed yet."""


class IndexMismatch(StoreError):
    """The index was built with another embedder or other settings."""


class ModelError(AssistantError):
    """An embedder or a chat model cannot be used."""


class ModelAbsent(ModelError):
    """The model was not pulled yet, or its file is gone."""


class ModelBroken(ModelError):
    """The file is no model, or a cut one."""


class ModelTooLarge(ModelError):
    """The model does not fit in this machine's memory."""


class ContextOverflow(ModelError):
    """The prompt exceeds the model's context window."""


class QuestionError(AssistantError):
    """What was typed cannot be a question."""


class UnknownReference(QuestionError):
    """An act or a provision that does not exist."""


class ServeError(AssistantError):
    """The chat cannot start."""


class MarkError(AssistantError):
    """An export cannot be signed, or its mark cannot be read."""


class AccountError(AssistantError):
    """A local account, or the secret of sessions, cannot be made or used."""


class ConversationsError(AssistantError):
    """The database of conversations cannot be reached, read or written."""
