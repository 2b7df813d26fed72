using System.Collections.Immutable;

namespace OrderBackend;

/// <summary>How the backend works.</summary>
public sealed record OrderBackendOptions
{
    /// <summary>The clock of all that waits.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How long a customer has to pay.</summary>
    public TimeSpan TimeToPay { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The wait after a courier has failed for the first time; it doubles each time.</summary>
    public TimeSpan FirstCourierDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long couriers are tried.</summary>
    public TimeSpan CourierPatience { get; init; } = TimeSpan.FromDays(3);

    /// <summary>The stock of the warehouse.</summary>
    public ImmutableDictionary<string, int> Stock { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>How many events the warehouse and the couriers handle at a time.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>
    /// Whether prices are worked out in a child process; otherwise the same handler runs on the loop.
    /// </summary>
    public bool PricesInChild { get; init; } = true;

    /// <summary>Changes how the child process of the prices is made; the tests run it in their own process.</summary>
    public Action<SubprocessOptions>? ConfigureChild { get; init; }
}
