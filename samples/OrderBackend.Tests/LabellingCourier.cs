namespace OrderBackend.Tests;

/// <summary>
/// A courier that comes for labelled parcels only. A child process prints the labels; if it dies, the shipping calls a
/// courier again.
/// </summary>
internal sealed class LabellingCourier : ICourier
{
    private static readonly EventKey<Order, string> Label = new("label");
    private readonly ICourier _courier;
    private readonly Controller _labels;
    private readonly bool _careless;

    /// <param name="runtime">Where the labels are printed.</param>
    /// <param name="courier">The courier that fetches the parcels.</param>
    /// <param name="careless">
    /// Makes it forget that a child may die, so that the order never ends: a mistake, planted for a simulation to find.
    /// </param>
    public LabellingCourier(EventRuntime runtime, ICourier courier, bool careless)
    {
        _courier = courier;
        _careless = careless;
        _labels = runtime.CreateController(o =>
        {
            o.Name = "labels";
            o.AddSubprocess(child => child.Mapping.On(Label, Print));
        });
        _labels.Run();
    }

    public async Task FetchAsync(Order order, CancellationToken cancellationToken)
    {
        try
        {
            await _labels.Dispatch(Label, order);
        }
        catch (ChildLostException lost) when (!_careless)
        {
            throw new CourierException($"The label was not printed: {lost.Message}");
        }

        await _courier.FetchAsync(order, cancellationToken);
    }

    private static string Print(Session session, Order order) => $"{order.Quantity} x {order.Product}";
}
