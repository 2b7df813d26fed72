using System.Globalization;

namespace EventDrivenActors.TestKit.Simulating;

/// <summary>A fault that happens when nothing else can.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Instant">At which of these instants, from 1.</param>
/// <param name="Amount">Virtual milliseconds.</param>
/// <param name="Place">Chooses one of the controllers with children.</param>
internal sealed record MomentFault(MomentFaultKind Kind, int Instant, int Amount, int Place)
{
    /// <summary>The fault, with the name of the controller whose child it meets.</summary>
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
