using Xunit.Sdk;

namespace EventDrivenActors.TestKit;

/// <summary>A test failed in an interleaving that a seed chose.</summary>
public sealed class InterleavingException : XunitException
{
    internal InterleavingException(int seed, string message, Exception? failure)
        : base(message, failure) => Seed = seed;

    /// <summary>The seed; <see cref="ControllerTestKit.ReplayAsync"/> runs its interleaving again.</summary>
    public int Seed { get; }
}
