using EventDrivenActors.Subprocess.Tests.Children;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.RemoteObjects;

/// <summary>A child with two workers for the tests of a class.</summary>
public sealed class ObjectChild : IAsyncLifetime
{
    internal ChildHarness Harness { get; } = new();

    internal Controller Controller { get; private set; } = null!;

    internal SubprocessAdapter Child => Harness.Child;

    /// <summary>What the outbound filter does with a key, on the dispatching thread.</summary>
    internal Func<object, object?>? OnOutbound { get; set; }

    /// <summary>What the filter threw.</summary>
    internal TaskCompletionSource<Exception> Outbound { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task InitializeAsync()
    {
        Controller = Harness.Start(
            child =>
            {
                child.Workers = 2;
                child.MaxPayloadBytes = 1024 * 1024;
                child.Use<ObjectSetup>();
                child.Mapping.On("raise", session => session.Parent!.Dispatch("heard"));
            },
            options =>
                options.Adapters.Add(
                    new DelegateAdapter(context =>
                        context.UseOutbound(
                            (outbound, next) =>
                            {
                                try
                                {
                                    OnOutbound?.Invoke(outbound.Key);
                                }
                                catch (Exception failure)
                                {
                                    Outbound.TrySetResult(failure);
                                }

                                return next(outbound);
                            }
                        )
                    )
                )
        );
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Harness.DisposeAsync().AsTask().Guarded();

    internal Task<ICounter> CreateAsync(params object?[] args) =>
        Child.CreateRemoteAsync<ICounter, Counter>(args).Guarded();
}

internal sealed class ObjectSetup : IChildSetup
{
    public void Configure(PoolOptions options) => options.Context = options.Context.With(ChildWork.Label, "set up");
}
