using System.Text.Json;
using System.Text.Json.Serialization;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Running;

/// <summary>A program as a file, so that a shrunk one can be replayed.</summary>
internal static class ProgramFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string Text(SimProgram program) => JsonSerializer.Serialize(program, Options);

    public static SimProgram Read(string text) =>
        JsonSerializer.Deserialize<SimProgram>(text, Options)
        ?? throw new InvalidDataException("The file holds no program.");
}
