namespace Overseer;

/// <summary>The stage parameter takes the result of <typeparamref name="THandler"/>, for when its type alone does not say whose it is.</summary>
/// <typeparam name="THandler">A dependency of this handler whose result has the parameter's type (OVS304).</typeparam>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ResultOfAttribute<THandler> : Attribute;
