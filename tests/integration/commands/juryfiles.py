"""Writing the files of a jury, and running a command on them."""

from pathlib import Path

import click
from click.testing import CliRunner, Result

SUBMISSIONS = """\
submission_id,track,ask,region,organisation
s1,t1,6000,north,
s2,t1,5000,north,library
s3,t2,3000,south,
s4,t2,1000.50,south,
"""

RATINGS = """\
submission_id,juror_id,score
s1,j1,9
s1,j2,8
s2,j2,8
s2,j3,7.5
s3,j3,6
s3,j1,7
s4,j1,3
s4,j3,2
"""

RANKING = """\
submission_id,rank,score
s1,1,8.5
s2,2,7.5
s3,3,6.5
s4,,
"""

JURORS = """\
juror_id,organisation,region,tracks,max_load
j1,,north,t1;t2,
j2,library,south,,4
j3,,,t2,
"""


class Files:
    """A folder of input files, and commands run on them.

    Parameters
    ----------
    folder : Path
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write(submissions=SUBMISSIONS, ratings=RATINGS, ranking=RANKING, jurors=JURORS)

    def write(self, **texts: str | bytes) -> None:
        """Write each as NAME.csv."""
        for name, text in texts.items():
            data = text.encode() if isinstance(text, str) else text
            (self.folder / f"{name}.csv").write_bytes(data)

    def path(self, name: str) -> Path:
        """Return the path of a file of this folder."""
        return self.folder / name

    def run(self, command: click.Command, *arguments: str, out: str = "out.csv") -> Result:
        """Run a command; an argument `@name` becomes the path of NAME.csv."""
        words = [str(self.path(f"{a[1:]}.csv")) if a.startswith("@") else a for a in arguments]
        return CliRunner().invoke(command, [*words, "--out", str(self.path(out))])

    def refuse(self, command: click.Command, *arguments: str, exit_code: int = 2) -> str:
        """Run a command that must fail without leaving an answer; return what it says."""
        result = self.run(command, *arguments)
        assert (result.exit_code, result.stdout) == (exit_code, "")
        assert not self.path("out.csv").exists()
        return result.stderr.replace(f"{self.folder}/", "").removeprefix("Error: ").strip()
