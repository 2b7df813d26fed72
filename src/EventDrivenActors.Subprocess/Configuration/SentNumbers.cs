using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Payloads;

namespace EventDrivenActors.Subprocess.Configuration;

/// <summary>Numbers that the parent has taken from its configuration.</summary>
internal sealed class SentNumbers(IReadOnlyDictionary<string, long> numbers) : ISettingNumbers
{
    public IReadOnlyDictionary<string, long> Taken => numbers;

    public TimeSpan Time(string key) => TimeSpan.FromTicks(Number(key));

    public int Size(string key) => Count(key);

    /// <exception cref="WireFormatException">There is no such number, or it is too large.</exception>
    public int Count(string key)
    {
        long number = Number(key);
        return number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : throw new WireFormatException($"The setting '{key}' is '{number}', which is too large.");
    }

    private long Number(string key) =>
        numbers.TryGetValue(key, out long number)
            ? number
            : throw new WireFormatException($"The setting '{key}' is missing.");
}
