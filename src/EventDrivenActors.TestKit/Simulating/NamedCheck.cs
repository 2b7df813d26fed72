namespace EventDrivenActors.TestKit.Simulating;

/// <summary>An invariant.</summary>
internal sealed record NamedCheck(string Name, Func<Task?> Check)
{
    public static NamedCheck Of(string name, Func<bool> holds)
    {
        ArgumentNullException.ThrowIfNull(holds);
        return Of(
            name,
            () =>
            {
                if (!holds())
                {
                    throw new NotHeldException();
                }
            }
        );
    }

    public static NamedCheck Of(string name, Action check)
    {
        ArgumentNullException.ThrowIfNull(check);
        return Of(
            name,
            () =>
            {
                check();
                return null;
            }
        );
    }

    public static NamedCheck Of(string name, Func<Task?> check)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(check);
        return new NamedCheck(name, check);
    }

    /// <summary>Checks the invariant, without awaiting.</summary>
    public Broken? Find()
    {
        try
        {
            Check();
            return null;
        }
        catch (Exception exception)
        {
            return Of(exception);
        }
    }

    /// <summary>Checks the invariant, and awaits its task.</summary>
    public async Task<Broken?> FindAsync()
    {
        try
        {
            await (Check() ?? Task.CompletedTask).ConfigureAwait(true);
            return null;
        }
        catch (Exception exception)
        {
            return Of(exception);
        }
    }

    private Broken Of(Exception exception) =>
        Broken.OfInvariant(Name, exception is NotHeldException ? null : exception);

    private sealed class NotHeldException : Exception;
}
