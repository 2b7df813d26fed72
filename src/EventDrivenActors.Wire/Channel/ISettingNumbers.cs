namespace EventDrivenActors.Wire.Channel;

/// <summary>Numbers by their keys, from a configuration or from the other end.</summary>
internal interface ISettingNumbers
{
    /// <summary>All numbers that have been taken so far: times in ticks, sizes in bytes.</summary>
    IReadOnlyDictionary<string, long> Taken { get; }

    TimeSpan Time(string key);

    int Size(string key);

    int Count(string key);
}
