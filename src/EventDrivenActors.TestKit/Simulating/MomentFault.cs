using System.Globalization;

namespace EventDrivenActors.TestKit.Simulating;

/// <summary>A fault that happens when nothing else can.</summary>
/// <param name="Kind">The kind of the fault.</param>
/// <param name="Instant">The number of the instant at which nothing else can happen, from 1.</param>
/// <param name="Amount">Virtual milliseconds.</param>
/// <param name="Place">Chooses one of the controllers with children.</param>
internal sealed record MomentFault(MomentFaultKind Kind, int Instant, int Amount, int Place)
{
    /// <summary>Describes the fault, with the name of the controller whose child it affects.</summary>
    public string Describe(string controller) =>
        Kind switch
        {
            MomentFaultKind.Jump => string.Create(
                CultureInfo.InvariantCulture,
                $"the clock jumps by {TimeSpan.FromMilliseconds(Amount):c} at instant {Instant}"
            ),
            MomentFaultKind.Kill => string.Create(
                CultureInfo.InvariantCulture,
                $"the child of '{controller}' is killed at instant {Instant}"
            ),
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"the child of '{controller}' freezes for {Amount} ms at instant {Instant}"
            ),
        };
}
