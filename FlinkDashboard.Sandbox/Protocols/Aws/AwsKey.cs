namespace FlinkDashboard.Sandbox.Protocols.Aws;

/// <summary>An access key that the sandbox's AWS services know.</summary>
/// <param name="Id">Access key id.</param>
/// <param name="Secret">Secret access key: made up, and good for nothing but the sandbox.</param>
/// <param name="User">Name in messages.</param>
/// <param name="MayRead">May read everything.</param>
/// <param name="MayWrite">May write everything.</param>
public sealed record AwsKey(string Id, string Secret, string User, bool MayRead, bool MayWrite)
{
    /// <summary>May do everything.</summary>
    public static readonly AwsKey Admin = new("AKIASANDBOXADMIN0001", "sandbox/admin/0000000000000000000000001", "admin", true, true);

    /// <summary>May read.</summary>
    public static readonly AwsKey Reader = new("AKIASANDBOXREADER001", "sandbox/reader/000000000000000000000001", "reader", true, false);

    /// <summary>Has no rights.</summary>
    public static readonly AwsKey Outsider = new("AKIASANDBOXOUTSIDE01", "sandbox/outsider/0000000000000000000001", "outsider", false, false);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<AwsKey> All = [Admin, Reader, Outsider];

    /// <summary>ARN of its user.</summary>
    public string Arn => $"arn:aws:iam::{World.Aws.AwsAccount.Id}:user/{User}";
}
