namespace EventDrivenActors.Chaos.Recording;

/// <summary>Looks for what a run should not have left.</summary>
internal static class Leftovers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Waits up to two seconds for all that should go, and says what is still there.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(ChaosFolder folder, IEnumerable<int> children)
    {
        int[] known = [.. children.Distinct()];
        await Processes.UntilAsync(
            () =>
                folder.SocketFolders.Count == 0
                && known.All(child => Processes.SessionOf(child).Count == 0)
                && Processes.With(Notebook.FolderVariable, folder.Notes).Count == 0,
            Patience
        );
        return
        [
            .. Processes
                .With(Notebook.FolderVariable, folder.Notes)
                .Select(left => $"the process '{left}', a child or started by one, is left."),
            .. known.SelectMany(child =>
                Processes.SessionOf(child).Select(left => $"the process '{left}' of the child '{child}' is left.")
            ),
            .. folder.SocketFolders.Select(left => $"the socket folder '{left}' is left."),
        ];
    }
}
