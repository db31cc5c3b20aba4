using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>
/// Brings a container's image to the node. A missing image alternates between ErrImagePull and ImagePullBackOff: the kubelet
/// looks every 10 to 15 s, reports what its look before came to, and pulls again when the back-off (10, 20, 40 … 300 s) is over.
/// </summary>
internal sealed class ImagePull(PodWorker worker, ContainerRuntime container, KubeletTools tools, Action arrived)
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(5);
    private TimeSpan _backOff = TimeSpan.FromSeconds(10);
    private DateTimeOffset _notBefore;
    private (string Reason, string Message) _result;

    private string Image => container.Image;

    private SandboxWorld World => tools.World;

    /// <summary>Pulls if necessary; calls back when the image is on the node.</summary>
    public void Try()
    {
        var always = container.Spec.Text("imagePullPolicy") == "Always";
        if (tools.Images.IsPresent(worker.State.Node, Image) && !always)
        {
            worker.Say(container, "Normal", "Pulled", $"Container image \"{Image}\" already present on machine and can be accessed by the pod");
            arrived();
        }
        else if (ContainerImages.Exists(Image))
            Pull();
        else
            Fail();
    }

    private void Pull()
    {
        worker.Say(container, "Normal", "Pulling", $"Pulling image \"{Image}\"");
        // A check of the digest only, or some hundred megabytes.
        var milliseconds = tools.Images.IsPresent(worker.State.Node, Image) ? 200 + World.Next(200) : 3000 + World.Next(5000);
        var bytes = 80_000_000 + (Image.Length * 7_654_321L);
        worker.Later(milliseconds, () =>
        {
            tools.Images.Pulled(worker.State.Node, Image);
            var took = milliseconds < 1000 ? $"{milliseconds}ms" : FormattableString.Invariant($"{milliseconds / 1000.0:0.###}s");
            worker.Say(container, "Normal", "Pulled", $"Successfully pulled image \"{Image}\" in {took} ({took} including waiting). Image size: {bytes} bytes.");
            arrived();
        });
    }

    private void Fail()
    {
        Attempt();
        worker.Later(500, Look);
    }

    private void Look()
    {
        container.Wait(_result.Reason, _result.Message);
        worker.Publish();
        if (ContainerImages.Exists(Image))
        {
            Try();
            return;
        }
        if (World.Now >= _notBefore)
            Attempt();
        else
            BackOff();
        worker.Later(11_000 + World.Next(4000), Look);
    }

    private void Attempt()
    {
        var error = ContainerImages.PullError(Image);
        worker.Say(container, "Normal", "Pulling", $"Pulling image \"{Image}\"");
        worker.Say(container, "Warning", "Failed", $"Failed to pull image \"{Image}\": {error}");
        worker.Say(container, "Warning", "Failed", "Error: ErrImagePull");
        _result = ("ErrImagePull", error);
        _notBefore = World.Now + _backOff;
        _backOff = _backOff * 2 > LongestBackOff ? LongestBackOff : _backOff * 2;
    }

    private void BackOff()
    {
        worker.Say(container, "Normal", "BackOff", $"Back-off pulling image \"{Image}\"");
        worker.Say(container, "Warning", "Failed", "Error: ImagePullBackOff");
        _result = ("ImagePullBackOff", $"Back-off pulling image \"{Image}\": ErrImagePull: {ContainerImages.PullError(Image)}");
    }
}
