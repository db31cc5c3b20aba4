namespace FlinkDashboard.Sandbox.Behaviours.Operator.BlueGreen;

/// <summary>Passes over FlinkBlueGreenDeployments (FlinkBlueGreenDeploymentController): one step of the walk between the two colours.</summary>
internal sealed class BlueGreenPass(OperatorContext op) : IPass
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc />
    public IEnumerable<TimeSpan> Run(Managed resource)
    {
        if (resource.Object.Read()["status"] is { } node)
            Step(new BlueGreenContext(op, resource, BlueGreenStatus.Read(node)));
        else
            new BlueGreenContext(op, resource, new BlueGreenStatus()).Write("INITIALIZING_BLUE", null, Soon);
        return [];
    }

    /// <inheritdoc />
    public bool Failed(Managed resource, OperatorFailure failure) => false;

    private static void Step(BlueGreenContext context)
    {
        switch (context.Status.State)
        {
            case "INITIALIZING_BLUE":
                Initialize(context);
                break;
            case "ACTIVE_BLUE":
                ActiveColour.Check(context, Colour.Blue);
                break;
            case "ACTIVE_GREEN":
                ActiveColour.Check(context, Colour.Green);
                break;
            case "SAVEPOINTING_BLUE":
                ActiveColour.AwaitSavepoint(context, Colour.Blue);
                break;
            case "SAVEPOINTING_GREEN":
                ActiveColour.AwaitSavepoint(context, Colour.Green);
                break;
            case "TRANSITIONING_TO_BLUE":
                Transition.Monitor(context, Colour.Blue);
                break;
            case "TRANSITIONING_TO_GREEN":
                Transition.Monitor(context, Colour.Green);
                break;
        }
    }

    // The first deployment, and the next try after the first one was given up.
    private static void Initialize(BlueGreenContext context)
    {
        var status = context.Status;
        var again = status.Job.State == "FAILING" && context.Change != BlueGreenChange.None;
        if (status.Reconciled is not null && !again)
            return;
        if (context.Spec.Template.IsSuspended)
        {
            if (status.Job.State != "FAILING")
                context.Fail($"Initial deployment of '{context.Object.Name}' cannot be suspended, job.state must be running");
            return;
        }
        context.Acknowledge();
        Transition.Deploy(context, Colour.Blue, null, isFirst: true);
    }
}
