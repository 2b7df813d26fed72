using Akka.Configuration;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Configuration;

/// <summary>Numbers of a configuration, checked as they are taken.</summary>
/// <param name="source">The section.</param>
/// <param name="section">The section's path, for what is said of a wrong number.</param>
internal sealed class ConfiguredNumbers(Config source, string section) : ISettingNumbers
{
    // The thread that reads the settings.
    private readonly Dictionary<string, long> _taken = [];

    public IReadOnlyDictionary<string, long> Taken => _taken;

    /// <exception cref="ConfigurationException">It is no time.</exception>
    public TimeSpan Time(string key)
    {
        TimeSpan value = source.GetTimeSpan(key);
        if (!TimeOption.IsTime(value))
        {
            throw new ConfigurationException(
                $"The key '{section}.{key}' is '{value}'; give it a time from 100 ns to 10 years (3653 days), or "
                    + "'infinite'."
            );
        }

        _taken[key] = value.Ticks;
        return value;
    }

    /// <exception cref="ConfigurationException">It is no size.</exception>
    public int Size(string key)
    {
        long value = source.GetByteSize(key) ?? 0;
        if (value is <= 0 or > int.MaxValue)
        {
            throw new ConfigurationException(
                $"The key '{section}.{key}' is '{value}' bytes; give it a size from 1 to {int.MaxValue}."
            );
        }

        _taken[key] = value;
        return (int)value;
    }

    public int Count(string key)
    {
        int value = source.GetInt(key);
        _taken[key] = value;
        return value;
    }
}
