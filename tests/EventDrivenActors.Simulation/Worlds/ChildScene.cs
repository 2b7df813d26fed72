using System.Globalization;
using System.Text.Json;
using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Worlds;

/// <summary>
/// The scene of a real child process. It writes its notes to a file, each line with one call, so that they outlive the
/// process.
/// </summary>
internal static class ChildScene
{
    /// <summary>Names the folder of a real run, and the time of its beginning on the clock of the machine.</summary>
    public const string Variable = "SIMULATED_SCENE";

    public const string ProgramFileName = "program.json";

    /// <summary>The scene of this process, which is a child of a real run.</summary>
    public static Scene Open()
    {
        string[] parts =
            Environment.GetEnvironmentVariable(Variable)?.Split('|')
            ?? throw new InvalidOperationException(
                $"No run goes on in this process, and the variable '{Variable}' names none."
            );
        FileStream notes = new(
            Path.Combine(parts[0], $"{Environment.ProcessId}.notes"),
            FileMode.Append,
            FileAccess.Write,
            FileShare.ReadWrite,
            bufferSize: 0
        );
        SimProgram program = Running.ProgramFile.Read(File.ReadAllText(Path.Combine(parts[0], ProgramFileName)));
        return new Scene(program, TimeProvider.System, long.Parse(parts[1], CultureInfo.InvariantCulture))
        {
            Folder = parts[0],
            Sink = note =>
                notes.Write(JsonSerializer.SerializeToUtf8Bytes(note) is var line ? (byte[])[.. line, (byte)'\n'] : []),
        };
    }

    /// <summary>Reads the notes of a child; a last line that its death has cut is left out.</summary>
    public static IEnumerable<Note> Read(string file)
    {
        foreach (string line in File.ReadLines(file))
        {
            if (line.EndsWith('}'))
            {
                yield return JsonSerializer.Deserialize<Note>(line)!;
            }
        }
    }
}
