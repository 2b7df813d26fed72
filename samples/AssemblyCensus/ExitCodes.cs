namespace AssemblyCensus;

/// <summary>The exit codes of the program.</summary>
internal static class ExitCodes
{
    /// <summary>Every file was accounted for; native and corrupt files are accounted for too.</summary>
    public const int Complete = 0;

    /// <summary>At least one file was not accounted for, or a sabotage event did not end as it must.</summary>
    public const int Incomplete = 1;

    /// <summary>An option was wrong; nothing was read.</summary>
    public const int BadOptions = 2;

    /// <summary>Ctrl-C or SIGTERM ended the run early.</summary>
    public const int Interrupted = 130;
}
