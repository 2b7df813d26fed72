using System.Text;

namespace EventDrivenActors.Simulation.Printing;

/// <summary>Lines of C#, indented by their braces.</summary>
internal sealed class CodeText
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public CodeText Line(string line = "")
    {
        _text.Append(' ', line.Length == 0 ? 0 : 4 * _depth).Append(line).Append('\n');
        return this;
    }

    public CodeText Lines(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            Line(line);
        }

        return this;
    }

    /// <summary>Opens a brace, after the line that heads the block.</summary>
    public CodeText Open(string line)
    {
        Line(line).Line("{");
        _depth++;
        return this;
    }

    public CodeText Close(string after = "")
    {
        // No empty line stands before the brace.
        while (_text is [.., '\n', '\n'])
        {
            _text.Length--;
        }

        _depth--;
        return Line($"}}{after}");
    }

    public override string ToString() => _text.ToString();
}
