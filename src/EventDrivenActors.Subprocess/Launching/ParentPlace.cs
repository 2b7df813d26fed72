using System.Buffers;
using System.Globalization;
using System.Reflection;
using EventDrivenActors.Wire.Payloads;

namespace EventDrivenActors.Subprocess.Launching;

/// <summary>
/// State that the operating system does not pass on to a child: what the application's code has set in its
/// process, and which application it is.
/// </summary>
/// <param name="Culture">The culture of new threads; null where the child derives it from the same variables.</param>
/// <param name="UICulture">The same.</param>
/// <param name="MinThreads">Of the pool, workers and completions; null where the application has not changed
/// them.</param>
/// <param name="MaxThreads">The same.</param>
/// <param name="RegexTimeout">The limit of all regular expressions that have none of their own.</param>
/// <param name="Switches">Those of <see cref="AppContext"/>.</param>
/// <param name="EntryAssembly">Name and path; empty where there is none.</param>
/// <param name="ConfigFile">The application's App.config; empty where there is none.</param>
/// <param name="BaseDirectory">The application's folder.</param>
internal sealed record ParentPlace(
    CultureFacts? Culture,
    CultureFacts? UICulture,
    (int Workers, int Completions)? MinThreads,
    (int Workers, int Completions)? MaxThreads,
    TimeSpan? RegexTimeout,
    IReadOnlyList<(string Name, bool IsOn)> Switches,
    (string Name, string Path) EntryAssembly,
    string ConfigFile,
    string BaseDirectory
)
{
    public const string ConfigFileKey = "APP_CONFIG_FILE";
    public const string RegexTimeoutKey = "REGEX_DEFAULT_MATCH_TIMEOUT";
    public const string BaseDirectoryKey = "APP_CONTEXT_BASE_DIRECTORY";

    private const int UsualMaximum = 32767;

    /// <summary>The current state of this process.</summary>
    [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage(
        "SingleFile",
        "IL3000",
        Justification = "Empty is expected in a single file."
    )]
    public static ParentPlace Current()
    {
        Assembly? entry = Assembly.GetEntryAssembly();
        string path = entry?.Location ?? "";
        (CultureFacts? culture, CultureFacts? uiCulture) = Cultures();
        ThreadPool.GetMinThreads(out int workers, out int completions);
        ThreadPool.GetMaxThreads(out int mostWorkers, out int mostCompletions);
        return new ParentPlace(
            culture,
            uiCulture,
            workers == Environment.ProcessorCount && completions == Environment.ProcessorCount
                ? null
                : (workers, completions),
            mostWorkers == UsualMaximum ? null : (mostWorkers, mostCompletions),
            AppContext.GetData(RegexTimeoutKey) as TimeSpan?,
            ContextSwitches.All(),
            (entry?.FullName ?? "", path),
            AppContext.GetData(ConfigFileKey) as string is { Length: > 0 } chosen ? chosen
                : path.Length > 0 && File.Exists(path + ".config") ? path + ".config"
                : "",
            AppContext.BaseDirectory
        );
    }

    public byte[] Encode()
    {
        ArrayBufferWriter<byte> writer = new ArrayBufferWriter<byte>();
        WriteCulture(Culture);
        WriteCulture(UICulture);
        WriteThreads(MinThreads);
        WriteThreads(MaxThreads);
        writer.WriteVarInt(RegexTimeout?.Ticks ?? 0);
        writer.WriteVarUInt((ulong)Switches.Count);
        foreach ((string? name, bool isOn) in Switches)
        {
            writer.WriteText(name);
            writer.WriteByte(isOn ? (byte)1 : (byte)0);
        }
        writer.WriteTexts([EntryAssembly.Name, EntryAssembly.Path, ConfigFile, BaseDirectory]);
        return writer.WrittenSpan.ToArray();

        void WriteCulture(CultureFacts? culture)
        {
            writer.WriteOptionalText(culture?.Name);
            writer.WriteVarUInt((ulong)(culture?.Changes.Count ?? 0));
            foreach ((string? property, string[]? values) in culture?.Changes ?? [])
            {
                writer.WriteTexts([property, .. values]);
            }
        }

        void WriteThreads((int Workers, int Completions)? threads)
        {
            writer.WriteVarInt(threads?.Workers ?? 0);
            writer.WriteVarInt(threads?.Completions ?? 0);
        }
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <exception cref="WireFormatException">The bytes are no place.</exception>
    public static ParentPlace Decode(ReadOnlyMemory<byte> bytes)
    {
        WireReader reader = new WireReader(bytes);
        CultureFacts? culture = ReadCulture(ref reader),
            uiCulture = ReadCulture(ref reader);
        (int, int)? minimum = ReadThreads(ref reader),
            maximum = ReadThreads(ref reader);
        long limit = reader.ReadVarInt();
        (string, bool)[] switches = new (string, bool)[reader.ReadCount(2)];
        for (int i = 0; i < switches.Length; i++)
        {
            switches[i] = (reader.ReadText(), reader.ReadFlag());
        }

        if (reader.ReadTexts() is not [var name, var path, var config, var directory])
        {
            throw new WireFormatException("The place of a child has four texts.");
        }

        reader.RequireEnd();
        return new ParentPlace(
            culture,
            uiCulture,
            minimum,
            maximum,
            limit == 0 ? null : TimeSpan.FromTicks(limit),
            switches,
            (name, path),
            config,
            directory
        );
    }

    /// <summary>
    /// The culture that a thread of the pool has. Where the application has chosen none, a child derives the same one
    /// from the variables that are still the same.
    /// </summary>
    private static (CultureFacts? Culture, CultureFacts? UICulture) Cultures()
    {
        CultureInfo? culture = CultureInfo.DefaultThreadCurrentCulture,
            uiCulture = CultureInfo.DefaultThreadCurrentUICulture;
        if (
            (culture is null || uiCulture is null)
            && StartVariables.HaveChanged("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE")
        )
        {
            Thread fresh = new Thread(() =>
                (culture, uiCulture) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture)
            );
            fresh.UnsafeStart();
            fresh.Join();
        }
        return (
            culture is null ? null : CultureFacts.Of(culture),
            uiCulture is null ? null : CultureFacts.Of(uiCulture)
        );
    }

    private static CultureFacts? ReadCulture(ref WireReader reader)
    {
        string? name = reader.ReadOptionalText();
        (string, string[])[] changes = new (string, string[])[reader.ReadCount(2)];
        for (int i = 0; i < changes.Length; i++)
        {
            changes[i] =
                reader.ReadTexts() is [var property, .. var values] && values.Length > 0
                    ? (property, values)
                    : throw new WireFormatException("A change of a culture has a property and its values.");
        }
        return name is null ? null : new CultureFacts(name, changes);
    }

    private static (int, int)? ReadThreads(ref WireReader reader)
    {
        int workers = reader.ReadInt32(),
            completions = reader.ReadInt32();
        return workers == 0 ? null : (workers, completions);
    }
}
